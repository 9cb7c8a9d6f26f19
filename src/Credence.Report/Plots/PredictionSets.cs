namespace Credence.Report.Plots;

/// <summary>The guarantee of the prediction sets, and their coverage on the test rows.</summary>
public sealed record PredictionSets
{
    /// <summary>The share of sets that may miss the true class.</summary>
    public required double Alpha { get; init; }

    /// <summary>The nonconformity score, such as "lac".</summary>
    public required string Score { get; init; }

    /// <summary>The share of test rows whose set holds the true class.</summary>
    public required double Coverage { get; init; }

    /// <summary>The mean number of classes in a set.</summary>
    public required double MeanSize { get; init; }

    /// <summary>Whether the guarantee is exact, or only approximate because calibration and quantile share rows.</summary>
    public bool IsExact { get; init; }

    /// <summary>Rows the quantile comes from.</summary>
    public long Rows { get; init; }

    /// <summary>The 95 % range of the coverage on these test rows, by the law of realised coverage, up to the accuracy where sets are never
    /// empty; null where not known.</summary>
    public (double Low, double High)? Law { get; init; }

    /// <summary>How many sets have 0, 1, 2, … classes; empty where not known.</summary>
    public IReadOnlyList<long> Sizes { get; init; } = [];
}
