using Credence.Decisions;

namespace Credence.Models;

/// <summary>What a prediction should hold beside its label.</summary>
public sealed record PredictionOptions
{
    /// <summary>How many of the most probable classes to give; at least 1.</summary>
    public int Top { get; init; } = 1;

    /// <summary>The share of rows whose set may miss the true class; null for the model's own.</summary>
    public double? Alpha { get; init; }

    /// <summary>The share of rows to answer: the least sure others are abstained on. Null leaves it to the model's own policy, which
    /// answers all where it has none.</summary>
    public double? Coverage { get; init; }

    /// <summary>What each action costs, or null. The model abstains where that is the cheapest; it takes precedence over <see cref="Coverage"/>.</summary>
    public CostMatrix? Costs { get; init; }

    /// <summary>The shares of the classes among the rows to come; null for those of the rows the model was calibrated on.</summary>
    public IReadOnlyList<double>? Prior { get; init; }

    /// <summary>Whether to estimate the shares of the classes from the rows that are predicted together, and to weigh by them where the test finds a shift.</summary>
    public bool EstimatesPrior { get; init; }

    /// <summary>The share of rows of the known kind that may be called strange, where the model can tell.</summary>
    public double FalseAlarmRate { get; init; } = 0.05;

    /// <summary>The share of wrong ones among those called strange, over the rows that are predicted together (Benjamini and Hochberg); null goes by
    /// <see cref="FalseAlarmRate"/>, row by row.</summary>
    public double? FalseDiscoveryRate { get; init; }

    /// <summary>The most threads to use; 0 for one a core.</summary>
    public int MaxThreads { get; init; }
}
