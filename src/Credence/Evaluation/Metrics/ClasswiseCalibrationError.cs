using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Every class's own probability in equal-width bins: the gaps whose absolute sum over K is the classwise calibration error
/// (M. Kull and others, Beyond temperature scaling, 2019).</summary>
/// <param name="expected">[classes, bins]: Σ w·p_k / n over the rows whose p_k lies in the bin.</param>
/// <param name="weights">[classes, bins]: Σ w / n over the same rows.</param>
internal sealed class ClasswiseCalibrationError(double[] expected, double[] weights)
{
    private const int MostChunks = 32;

    /// <summary>[classes, bins]: Σ w·p_k / n, what the labels' share would be if the probabilities were right.</summary>
    public double[] Expected => expected;

    /// <summary>[classes, bins]: the rows' share of weight.</summary>
    public double[] Weights => weights;

    /// <summary>Adds up every class's probabilities by their bins.</summary>
    public static ClasswiseCalibrationError Compute(
        Probabilities probabilities, ScoredRows rows, EqualWidthBins bins, int maxThreads, CancellationToken cancellationToken)
    {
        int cells = probabilities.Classes * bins.Count;
        int size = Math.Max(1024, (rows.Count + MostChunks - 1) / MostChunks);
        var partial = new double[Chunks.Count(rows.Count, size)][];
        Chunks.For(
            partial.Length,
            maxThreads,
            chunk =>
            {
                // Of many classes most probabilities are in the first bin, which is added up for eight classes at once.
                double[] sums = new double[2 * cells], first = new double[probabilities.Classes],
                    firstWeights = new double[probabilities.Classes];
                int end = Math.Min(rows.Count, (chunk + 1) * size);
                for (int row = chunk * size; row < end; row++)
                {
                    ReadOnlySpan<double> p = probabilities.Row(row);
                    double weight = rows.Weights[row];
                    for (int k = 0; k < p.Length; k++)
                    {
                        k = BinSums.AddWhileAtMost(p, k, bins.High(0), weight, first, firstWeights);
                        if (k == p.Length)
                            break;

                        int cell = 2 * ((k * bins.Count) + bins.Of(p[k]));
                        sums[cell] += weight * p[k];
                        sums[cell + 1] += weight;
                    }
                }

                for (int k = 0; k < first.Length; k++)
                {
                    sums[2 * k * bins.Count] += first[k];
                    sums[(2 * k * bins.Count) + 1] += firstWeights[k];
                }

                partial[chunk] = sums;
            },
            cancellationToken);

        var expected = new double[cells];
        var weights = new double[cells];
        foreach (double[] sums in partial)
        {
            for (int cell = 0; cell < cells; cell++)
            {
                expected[cell] += sums[2 * cell];
                weights[cell] += sums[(2 * cell) + 1];
            }
        }

        for (int cell = 0; cell < cells; cell++)
        {
            expected[cell] /= rows.Count;
            weights[cell] /= rows.Count;
        }

        return new ClasswiseCalibrationError(expected, weights);
    }

    /// <summary>The gaps: expected less observed labels.</summary>
    public double[] Gaps(Probabilities probabilities, ScoredRows rows, EqualWidthBins bins)
    {
        var gaps = (double[])expected.Clone();
        for (int row = 0; row < rows.Count; row++)
        {
            int label = rows.Truth[row];
            gaps[(label * bins.Count) + bins.Of(probabilities.Row(row)[label])] -= rows.Weights[row] / rows.Count;
        }

        return gaps;
    }
}
