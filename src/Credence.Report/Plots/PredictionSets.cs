namespace Credence.Report.Plots;

/// <summary>What the prediction sets promise, and what they do on the test rows.</summary>
public sealed record PredictionSets
{
    /// <summary>The share of sets that may miss the true class.</summary>
    public required double Alpha { get; init; }

    /// <summary>The score the sets are made with, such as "lac".</summary>
    public required string Score { get; init; }

    /// <summary>The share of test rows whose set holds the true class.</summary>
    public required double Coverage { get; init; }

    /// <summary>The mean number of classes in a set.</summary>
    public required double MeanSize { get; init; }

    /// <summary>Whether the promise is exact, or only approximate because calibration and quantile share rows.</summary>
    public bool IsExact { get; init; }

    /// <summary>Rows the quantile comes from.</summary>
    public long Rows { get; init; }

    /// <summary>Where the coverage on these test rows would lie in 95 of 100 cases, by the law of realised coverage; null where not known.</summary>
    public (double Low, double High)? Law { get; init; }

    /// <summary>How many sets have 0, 1, 2, … classes; empty where not known.</summary>
    public IReadOnlyList<long> Sizes { get; init; } = [];
}
