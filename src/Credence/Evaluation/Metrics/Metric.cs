namespace Credence.Evaluation.Metrics;

/// <summary>A metric's name, title and unit, for every output.</summary>
public sealed record Metric
{
    /// <summary>The name in JSON and in every other output for programs: lower case, words joined by _.</summary>
    public required string Name { get; init; }

    /// <summary>The title for people, with which a line of a table begins.</summary>
    public required string Title { get; init; }

    /// <summary>Whether larger values are better.</summary>
    public bool IsHigherBetter { get; init; }

    /// <summary>Whether the value is a share, 0 to 1, shown in percent.</summary>
    public bool IsShare { get; init; }
}
