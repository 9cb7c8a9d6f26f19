using Credence.Conformal;
using Credence.Models;

namespace Credence.Workflows;

/// <summary>Prediction sets: their guarantee, and their coverage and size on the rows evaluated.</summary>
public sealed record SetResult
{
    private const double TwoSided95 = 1.959963984540054;

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

    /// <summary>The 95 % range of the coverage on the rows evaluated; null where not known.</summary>
    public (double Low, double High)? Law { get; init; }

    /// <summary>How many sets have 0, 1, 2, … classes; empty where not counted.</summary>
    public IReadOnlyList<long> Sizes { get; init; } = [];

    /// <summary>A model's sets and their evaluation.</summary>
    /// <param name="sets">The model's sets; null where it has none.</param>
    /// <param name="figures">Their coverage and sizes; null where not evaluated.</param>
    /// <param name="testRows">The rows evaluated; 0 gives no law of the coverage.</param>
    /// <returns>Null where there are no sets.</returns>
    public static SetResult? Of(ConformalClassifier? sets, PredictionSetMetrics? figures, int testRows)
    {
        if (sets is null)
            return null;

        CoverageLaw? law = sets.Laws.Count == 1 && sets.Guarantee == ConformalGuarantee.Exact ? sets.Laws[0] : null;
        double reach = law is null || testRows == 0 ? 0 : TwoSided95 * law.StandardDeviationOn(testRows);
        return new SetResult
        {
            Alpha = sets.Alpha,
            Score = SetScores.NameOf(sets.Score),
            Coverage = figures?.Coverage,
            MeanSize = figures?.MeanSize,
            Guarantee = sets.Guarantee,
            Partition = sets.Partition,
            Rows = sets.Rows,
            Law = law is null || testRows == 0 ? null : (Math.Max(0, law.Mean - reach), Math.Min(1, law.Mean + reach)),
            Sizes = figures?.Sizes ?? [],
        };
    }

    /// <summary>Sets evaluated over random splits of the same rows.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="sizes">How many sets have each size; null where that was not counted.</param>
    public static SetResult Of(ConformalSplits splits, PredictionSetMetrics? sizes) => new()
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
        Sizes = sizes?.Sizes ?? [],
    };
}
