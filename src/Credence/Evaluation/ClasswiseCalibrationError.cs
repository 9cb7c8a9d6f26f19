using Credence.Data;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>The gaps of every class's own probability in equal-width bins, whose absolute sum over K is the classwise calibration error
/// (M. Kull and others, Beyond temperature scaling, 2019).</summary>
internal static class ClasswiseCalibrationError
{
    private const int MostChunks = 32;

    /// <summary>[classes, bins]: Σ w·p_k / n over the rows whose p_k lies in the bin.</summary>
    public static double[] Expected(Probabilities probabilities, ScoredRows rows, EqualWidthBins bins, int threads, CancellationToken cancellationToken)
    {
        int cells = probabilities.Classes * bins.Count;
        int size = Math.Max(1024, (rows.Count + MostChunks - 1) / MostChunks);
        var partial = new double[Chunks.Count(rows.Count, size)][];
        Chunks.For(
            partial.Length,
            threads,
            chunk =>
            {
                var sums = new double[cells];
                int end = Math.Min(rows.Count, (chunk + 1) * size);
                for (int row = chunk * size; row < end; row++)
                {
                    ReadOnlySpan<double> p = probabilities.Row(row);
                    double weight = rows.Weights[row];
                    for (int k = 0; k < p.Length; k++)
                        sums[(k * bins.Count) + bins.Of(p[k])] += weight * p[k];
                }

                partial[chunk] = sums;
            },
            cancellationToken);

        var gaps = new double[cells];
        foreach (double[] sums in partial)
        {
            for (int cell = 0; cell < cells; cell++)
                gaps[cell] += sums[cell];
        }

        for (int cell = 0; cell < cells; cell++)
            gaps[cell] /= rows.Count;
        return gaps;
    }

    /// <summary>Takes each row's label from the cell it falls in.</summary>
    public static void Observe(Probabilities probabilities, ScoredRows rows, EqualWidthBins bins, Span<double> gaps)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            int label = rows.Truth[row];
            gaps[(label * bins.Count) + bins.Of(probabilities.Row(row)[label])] -= rows.Weights[row] / rows.Count;
        }
    }
}
