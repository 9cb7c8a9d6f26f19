using Credence.Decisions;

namespace Credence.Models;

/// <summary>Options of predictions.</summary>
public sealed record PredictionOptions
{
    /// <summary>The number of most probable classes to list; at least 1.</summary>
    public int Top { get; init; } = 1;

    /// <summary>The miscoverage α: the share of rows whose set may miss the true class; null for the model's own.</summary>
    public double? Alpha { get; init; }

    /// <summary>The coverage: the share of rows to answer, the most confident ones. Null uses the model's own policy, which
    /// answers all rows where there is none.</summary>
    public double? Coverage { get; init; }

    /// <summary>The cost of each action, or null. The model abstains where that is cheapest; costs take precedence over
    /// <see cref="Coverage"/>.</summary>
    public CostMatrix? Costs { get; init; }

    /// <summary>The class prior of the new rows; null for that of the calibration rows. NaN stands for a share that is not known: what the
    /// others leave of 1 is shared out in proportion to the calibration rows' shares.</summary>
    public IReadOnlyList<double>? Prior { get; init; }

    /// <summary>Whether to estimate the class prior from the rows predicted together, and to reweight by it where the test detects a
    /// shift.</summary>
    public bool EstimatesPrior { get; init; }

    /// <summary>The share of in-distribution rows that may be reported as out-of-distribution.</summary>
    public double FalseAlarmRate { get; init; } = 0.05;

    /// <summary>The false-discovery rate among the reported rows, over the rows predicted together (Benjamini and Hochberg); null uses
    /// <see cref="FalseAlarmRate"/>, row by row.</summary>
    public double? FalseDiscoveryRate { get; init; }

    /// <summary>The maximum number of threads; 0 for one per core.</summary>
    public int MaxThreads { get; init; }
}
