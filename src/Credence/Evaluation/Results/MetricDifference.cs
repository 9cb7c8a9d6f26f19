namespace Credence.Evaluation.Results;

/// <summary>A metric of two models on the same rows.</summary>
/// <param name="Name">One of <see cref="MetricName"/>.</param>
/// <param name="First">Of the first model.</param>
/// <param name="Second">Of the second.</param>
/// <param name="Value">First less second; NaN where that is not defined.</param>
/// <param name="Interval">Its 95 % interval.</param>
/// <param name="PValue">Two-sided, of no difference, by the share of draws on either side of 0; NaN where not known.</param>
/// <param name="Verdict">The verdict: which model is better, in words.</param>
/// <param name="Definition">Its exact definition.</param>
public sealed record MetricDifference(
    string Name, double First, double Second, double Value, Interval Interval, double PValue, string Verdict, string Definition)
{
    /// <summary>Whether the first model is the better one; null where the difference is not significant, or not defined.</summary>
    public bool? IsFirstBetter { get; init; }
}
