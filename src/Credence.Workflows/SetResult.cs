using Credence.Conformal;
using Credence.Models;

namespace Credence.Workflows;

/// <summary>Prediction sets: their guarantee, and their coverage and size on the rows evaluated.</summary>
public sealed record SetResult
{
    /// <summary>The share of sets that may miss the true class.</summary>
    public required double Alpha { get; init; }

    /// <summary>The score's name.</summary>
    public required string Score { get; init; }

    /// <summary>The partition within which the guarantee holds.</summary>
    public ConformalPartition Partition { get; init; }

    /// <summary>The share of rows whose set contains the true class; null where it was not evaluated.</summary>
    public double? Coverage { get; init; }

    /// <summary>The mean number of classes in a set; null where it was not evaluated.</summary>
    public double? MeanSize { get; init; }

    /// <summary>What the guarantee rests on.</summary>
    public required ConformalGuarantee Guarantee { get; init; }

    /// <summary>Rows that give the quantile.</summary>
    public int Rows { get; init; }

    /// <summary>The number of random splits evaluated; 0 where there were none.</summary>
    public int Splits { get; init; }

    /// <summary>The standard deviation of the coverage across splits; null without splits.</summary>
    public double? CoverageDeviation { get; init; }

    /// <summary>The standard deviation of the mean size across splits; null without splits.</summary>
    public double? MeanSizeDeviation { get; init; }

    /// <summary>The range in which the coverage on so many rows lies in 95 % of samples, given so many calibration rows (of one split or
    /// one half, where there are several), by the law of exact sets; null where not evaluated. Where sets are never empty, the coverage may
    /// lie as high as the accuracy does.</summary>
    public (double Low, double High)? Law { get; init; }

    /// <summary>Whether a set may be empty.</summary>
    public bool AllowsEmptySets { get; init; }

    /// <summary>How many sets have 0, 1, 2, … classes; empty where not counted.</summary>
    public IReadOnlyList<long> Sizes { get; init; } = [];

    /// <summary>A model's sets and their evaluation.</summary>
    /// <param name="sets">The model's sets; null where it has none.</param>
    /// <param name="figures">Their coverage and sizes; null where not evaluated.</param>
    /// <param name="testRows">The rows evaluated.</param>
    /// <param name="crossed">Whether each half of the rows was evaluated with the quantile of the other.</param>
    /// <returns>Null where there are no sets.</returns>
    public static SetResult? Of(ConformalClassifier? sets, PredictionSetMetrics? figures, int testRows, bool crossed = false)
    {
        if (sets is null)
            return null;

        CoverageLaw[] laws = [.. sets.Laws.Select(law => crossed ? LawOf(law.Rows / 2, sets.Alpha) : law)];
        return new SetResult
        {
            Alpha = sets.Alpha,
            Score = SetScores.NameOf(sets.Score),
            Coverage = figures?.Coverage,
            MeanSize = figures?.MeanSize,
            Guarantee = sets.Guarantee,
            Partition = sets.Partition,
            Rows = sets.Rows,
            Law = Range(laws, figures, crossed ? testRows / 2 : testRows, sets.AllowsEmptySets),
            AllowsEmptySets = sets.AllowsEmptySets,
            Sizes = figures?.Sizes ?? [],
        };
    }

    /// <summary>Sets evaluated over random splits of the same rows.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="figures">The two halves of the rows evaluated with the quantile of the other; null where that was not done.</param>
    public static SetResult Of(ConformalSplits splits, PredictionSetMetrics? figures) => new()
    {
        Alpha = splits.Options.Alpha,
        Score = SetScores.NameOf(splits.Options.Score),
        Coverage = splits.Coverage,
        MeanSize = splits.MeanSize,
        Guarantee = splits.Options.Guarantee,
        Partition = splits.Options.Partition,
        Rows = splits.CalibrationRows,
        Splits = splits.Coverages.Count,
        CoverageDeviation = splits.CoverageDeviation,
        MeanSizeDeviation = splits.MeanSizeDeviation,
        Law = Range([splits.Law], figures, splits.TestRows, splits.Options.AllowEmptySets),
        AllowsEmptySets = splits.Options.AllowEmptySets,
        Sizes = figures?.Sizes ?? [],
    };

    private static CoverageLaw LawOf(int rows, double alpha) => new(rows, ConformalRank.Compute(rows, alpha));

    private static (double Low, double High)? Range(
        CoverageLaw[] laws, PredictionSetMetrics? figures, int testRows, bool allowsEmptySets)
    {
        if (laws.Length == 0 || figures is null || testRows == 0)
            return null;

        (double low, double high) = CoverageLaw.RangeOf(laws, testRows);
        return (low, allowsEmptySets ? high : Math.Max(high, figures.TopShare));
    }
}
