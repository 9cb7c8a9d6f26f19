namespace Credence.Evaluation.Metrics;

/// <summary>What outputs tell of a metric: how it is called and written.</summary>
public sealed record Metric
{
    /// <summary>The name in JSON and in every other output for programs: lower case, words joined by _.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people, as a line of a table begins with it.</summary>
    public required string Title { get; init; }

    /// <summary>Whether larger values are better.</summary>
    public bool IsHigherBetter { get; init; }

    /// <summary>Whether the value is a share, 0 to 1, that people read in percent.</summary>
    public bool IsShare { get; init; }
}
