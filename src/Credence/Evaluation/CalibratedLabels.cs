using Credence.Data;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Draws labels from the probabilities themselves, as if they were right, and computes every figure anew.</summary>
internal sealed class CalibratedLabels(
    Probabilities probabilities,
    ScoredRows scored,
    SortedRows sorted,
    CalibrationFigures figures,
    ClasswiseCalibrationError classwise,
    ClasswiseNoise noise,
    TemperatureSplit split,
    EqualWidthBins bins)
{
    private const int BlockDraws = 1 << 15;
    private const int MostFlags = 1 << 26;
    private const int MostCells = 1 << 23;

    private readonly int[] place = Places(sorted);

    /// <summary>The figures of each draw.</summary>
    public NullDraw[] Draw(int draws, Rng rng, int threads, CancellationToken cancellationToken)
    {
        var results = new NullDraw[draws];
        int batch = Math.Clamp(Math.Min(MostFlags / scored.Count, MostCells / classwise.Expected.Length), 1, Math.Max(1, draws));
        for (int first = 0; first < draws; first += batch)
            Draw(results.AsMemory(first, Math.Min(batch, draws - first)), rng.Split((ulong)first), threads, cancellationToken);
        return results;
    }

    private void Draw(Memory<NullDraw> results, Rng rng, int threads, CancellationToken cancellationToken)
    {
        var sums = new DrawSums[results.Length];
        for (int draw = 0; draw < sums.Length; draw++)
            sums[draw] = new DrawSums(scored.Count, probabilities.Classes, classwise.Expected);

        int draws = sums.Length, block = Math.Max(1, BlockDraws / draws);
        var labels = new int[block * draws];
        var chances = new double[block * draws];
        var logs = new double[block * draws];
        for (int start = 0; start < scored.Count; start += block)
        {
            int rows = Math.Min(block, scored.Count - start);
            int origin = start;
            const int Size = 16;
            Chunks.For(
                Chunks.Count(rows, Size),
                threads,
                chunk =>
                {
                    var drawing = new LabelDraws(probabilities.Classes);
                    int end = Math.Min(rows, (chunk + 1) * Size);
                    for (int i = chunk * Size; i < end; i++)
                    {
                        drawing.Draw(
                            probabilities.Row(origin + i), rng.Split((ulong)(origin + i)),
                            labels.AsSpan(i * draws, draws), chances.AsSpan(i * draws, draws));
                    }

                    Range all = (chunk * Size * draws)..(end * draws);
                    Log.Map(chances.AsSpan()[all], logs.AsSpan()[all]);
                },
                cancellationToken);
            Chunks.For(
                draws,
                threads,
                draw =>
                {
                    for (int i = 0; i < rows; i++)
                    {
                        int at = (i * draws) + draw;
                        Add(sums[draw], origin + i, labels[at], chances[at], logs[at]);
                    }
                },
                cancellationToken);
        }

        Chunks.For(draws, threads, draw => results.Span[draw] = Finish(sums[draw]), cancellationToken);
    }

    private void Add(DrawSums sums, int row, int label, double chance, double log)
    {
        double weight = scored.Weights[row];
        sums.Correct[place[row]] = label == scored.Predicted[row];
        sums.Gaps[(label * bins.Count) + bins.Of(chance)] -= weight / scored.Count;
        if (weight > 0)
        {
            sums.LogLoss -= weight * log;
            sums.Brier += weight * (scored.Squares[row] - (2 * chance) + 1);
            sums.Spherical += weight * chance / Math.Sqrt(scored.Squares[row]);
            sums.Slope += weight * (split.MeanLog[row] - log);
            sums.BrierSlope += weight * (split.BrierSlope[row] - (2 * chance * (log - split.MeanLog[row])));
            sums.Counts.Add(label, scored.Predicted[row], weight);
        }
    }

    private NullDraw Finish(DrawSums sums)
    {
        int n = scored.Count;
        var curve = new double[figures.CurveAt.Length];
        CalibrationErrors errors = figures.OfDraw(sums.Correct, sums.Gaps, curve);
        var byClass = new double[probabilities.Classes];
        for (int k = 0; k < byClass.Length; k++)
            byClass[k] = BinnedCalibrationError.Expected(sums.Gaps.AsSpan(k * bins.Count, bins.Count));

        (double low, double high) = noise.Of(sums.Gaps);
        return new NullDraw
        {
            Rows = RowFigures.Of(
                sorted, sorted.Weights, sums.Correct, sums.LogLoss / n, sums.Brier / n, sums.Spherical / n, sums.Counts.MacroF1()),
            Errors = errors,
            ClassErrors = byClass,
            ClasswiseLow = low,
            ClasswiseHigh = high,
            Gain = split.Gain(sums.Slope / n, sums.BrierSlope / n),
            Curve = curve,
        };
    }

    private static int[] Places(SortedRows sorted)
    {
        var place = new int[sorted.Count];
        for (int i = 0; i < place.Length; i++)
            place[sorted.Rows[i]] = i;
        return place;
    }

    /// <summary>What one draw adds up to, row by row.</summary>
    private sealed class DrawSums(int rows, int classes, double[] expected)
    {
        public readonly bool[] Correct = new bool[rows];
        public readonly double[] Gaps = (double[])expected.Clone();
        public readonly ClassCounts Counts = new(classes);
        public double LogLoss, Brier, Spherical, Slope, BrierSlope;
    }
}
