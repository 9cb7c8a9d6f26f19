namespace Credence.Evaluation.Results;

/// <summary>The verdict on a metric, in parts, so that a caller that shows the value separately does not repeat it.</summary>
/// <param name="Value">The metric's value, formatted.</param>
/// <param name="Reading">The reading: "not calibrated", "worse than calibrated probabilities imply".</param>
/// <param name="Measure">The reference it is compared with: "they imply 0.81 to 0.85 at n = 500"; null where the reading includes
/// it.</param>
public sealed record MetricVerdict(string Value, string Reading, string? Measure)
{
    /// <summary>Whether it is better (true) or worse (false) than the reference; null where it is not distinguishable from it.</summary>
    public bool? IsBetter { get; init; }

    /// <summary>The reading and the reference, without the value.</summary>
    public string Sentence => Measure is null ? Reading : $"{Reading}; {Measure}";

    /// <summary>All of it: "value: reading; measure".</summary>
    public override string ToString() => $"{Value}: {Sentence}";
}
