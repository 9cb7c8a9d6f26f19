namespace Credence.Evaluation.Results;

/// <summary>What to make of a metric, in parts, so that whoever shows the value beside it does not say it again.</summary>
/// <param name="Value">The metric's value as it is written.</param>
/// <param name="Reading">What it is: "not calibrated", "worse than calibrated probabilities imply".</param>
/// <param name="Measure">What it is compared with: "they imply 0.81 to 0.85 at n = 500"; null where the reading says it.</param>
public sealed record MetricVerdict(string Value, string Reading, string? Measure)
{
    /// <summary>Whether it is better (true) or worse (false) than what it is compared with; null where it can't be told from it.</summary>
    public bool? IsBetter { get; init; }

    /// <summary>The reading and what it is compared with, without the value.</summary>
    public string Sentence => Measure is null ? Reading : $"{Reading}; {Measure}";

    /// <summary>All of it: "value: reading; measure".</summary>
    public override string ToString() => $"{Value}: {Sentence}";
}
