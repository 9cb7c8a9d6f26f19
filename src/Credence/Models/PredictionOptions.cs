using Credence.Decisions;

namespace Credence.Models;

/// <summary>What a prediction should hold beside its label.</summary>
public sealed record PredictionOptions
{
    /// <summary>How many of the most probable classes to give; at least 1.</summary>
    public int Top { get; init; } = 1;

    /// <summary>The share of rows whose set may miss the true class; null for the model's own.</summary>
    public double? Alpha { get; init; }

    /// <summary>The share of rows to answer: the least sure others are abstained on. Null answers all.</summary>
    public double? Coverage { get; init; }

    /// <summary>What each action costs, or null. The model abstains where that is the cheapest; it takes precedence over <see cref="Coverage"/>.</summary>
    public CostMatrix? Costs { get; init; }

    /// <summary>The most threads to use; 0 for one a core.</summary>
    public int MaxThreads { get; init; }
}
