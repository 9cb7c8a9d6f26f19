using Credence.Data.Scores;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>How well each class's probability ranks its rows above the others, ties counted half.</summary>
/// <remarks>
/// Only each class's own rows are sorted; every other row is placed among them, so n·K probabilities cost n·K short searches. Area under
/// the ROC curve with the variance of E. DeLong and others (1988), also of its mean over classes, from each row's part in it; average
/// precision Σ (recall gained)·precision over distinct thresholds, its interval on the scale of log-odds (K. Boyd, K. Eng, C. Page 2013).
/// </remarks>
internal sealed class Ranking
{
    private const int MostChunks = 16, VarianceRows = 10_000, TileValues = 1 << 15;

    private readonly Probabilities probabilities;
    private readonly ScoredRows rows;
    private readonly RankedClass[] classes;

    private Ranking(Probabilities probabilities, ScoredRows rows)
    {
        this.probabilities = probabilities;
        this.rows = rows;
        var own = new List<(double Score, double Weight)>[probabilities.Classes];
        for (int k = 0; k < own.Length; k++)
            own[k] = [];
        for (int row = 0; row < rows.Count; row++)
            own[rows.Truth[row]].Add((probabilities.Row(row)[rows.Truth[row]], rows.Weights[row]));
        classes = [.. own.Select(list => new RankedClass(list))];
    }

    /// <summary>One per class.</summary>
    public IReadOnlyList<RankedClass> Classes => classes;

    /// <summary>The mean of the areas over the classes that have one, and its interval.</summary>
    public (double Value, Interval Interval) Auroc { get; private set; }

    /// <summary>The mean of the average precisions.</summary>
    public (double Value, Interval Interval) AveragePrecision { get; private set; }

    /// <summary>The mean share of the classes: the average precision of chance.</summary>
    public double ChancePrecision { get; private set; }

    /// <summary>Ranks.</summary>
    public static Ranking Compute(
        Probabilities probabilities, ScoredRows rows, bool intervals, int maxThreads, CancellationToken cancellationToken)
    {
        var ranking = new Ranking(probabilities, rows);
        ranking.Place(maxThreads, cancellationToken);
        foreach (RankedClass k in ranking.classes)
            k.Finish(rows.Count, rows.EffectiveCount / rows.Count);

        ranking.Average(intervals, maxThreads, cancellationToken);
        return ranking;
    }

    private void Place(int maxThreads, CancellationToken cancellationToken)
    {
        var first = new int[classes.Length + 1];
        for (int k = 0; k < classes.Length; k++)
            first[k + 1] = first[k] + classes[k].Places;

        int tile = Math.Max(1, TileValues / classes.Length);
        var partial = new double[Chunks.Count(rows.Count, Size)][];
        Chunks.For(
            partial.Length,
            maxThreads,
            chunk =>
            {
                // Some rows at a time, so that a class's scores stay in the L1 cache during the search.
                var sums = new double[first[^1]];
                int end = Math.Min(rows.Count, (chunk + 1) * Size);
                var buffer = new double[tile * classes.Length];
                for (int start = chunk * Size; start < end; start += tile)
                {
                    int count = Math.Min(tile, end - start);
                    ReadOnlySpan<double> block = probabilities.Block(start, start + count, buffer);
                    for (int k = 0; k < classes.Length; k++)
                        classes[k].AddPlaces(block[k..], classes.Length, rows.Weights.AsSpan(start, count),
                            sums.AsSpan(first[k], classes[k].Places));
                }

                partial[chunk] = sums;
            },
            cancellationToken);
        foreach (double[] sums in partial)
        {
            for (int k = 0; k < classes.Length; k++)
                classes[k].AddOthers(sums.AsSpan(first[k]..first[k + 1]));
        }
    }

    private int Size => Math.Max(1024, (rows.Count + MostChunks - 1) / MostChunks);

    private void Average(bool intervals, int maxThreads, CancellationToken cancellationToken)
    {
        RankedClass[] known = [.. classes.Where(k => !double.IsNaN(k.Auroc))];
        if (known.Length == 0)
        {
            Auroc = AveragePrecision = (double.NaN, Interval.None);
            return;
        }

        double area = known.Average(k => k.Auroc), precision = known.Average(k => k.AveragePrecision);
        ChancePrecision = known.Average(k => k.Share);
        if (!intervals)
        {
            Auroc = (area, Interval.None);
            AveragePrecision = (precision, Interval.None);
            return;
        }

        // DeLong's variance of the mean: each row's part in every class's area, summed before squaring; a subsample where there are many
        // rows.
        int step = Math.Max(1, rows.Count / VarianceRows);
        var partial = new double[Chunks.Count(rows.Count, Size)];
        Chunks.For(
            partial.Length,
            maxThreads,
            chunk =>
            {
                for (int row = ((chunk * Size) + step - 1) / step * step; row < Math.Min(rows.Count, (chunk + 1) * Size); row += step)
                {
                    ReadOnlySpan<double> p = probabilities.Row(row);
                    double part = 0;
                    for (int k = 0; k < p.Length; k++)
                        part += classes[k].PartOf(p[k], rows.Truth[row] == k);

                    part *= rows.Weights[row] / known.Length;
                    partial[chunk] += part * part * step;
                }
            },
            cancellationToken);
        double variance = 0, precisionVariance = 0;
        foreach (double sum in partial)
            variance += sum;
        foreach (RankedClass k in known)
            precisionVariance += k.AveragePrecisionError * k.AveragePrecisionError;

        Auroc = (area, Interval.OfOdds(area, Math.Sqrt(variance)));
        AveragePrecision = (precision, Interval.OfOdds(precision, Math.Sqrt(precisionVariance) / known.Length));
    }
}
