using System.Globalization;

namespace Credence.Evaluation.Results;

/// <summary>The verdict of the calibration test of a class or a group, in parts.</summary>
/// <param name="Reading">"overconfident", "no miscalibration detected".</param>
/// <param name="MeanConfidence">The mean probability, where it is miscalibrated; else null.</param>
/// <param name="ObservedFrequency">The share of rows with the event, where the probability is miscalibrated; else null.</param>
/// <param name="Test">The p-value and its correction, where the probability is miscalibrated; else null.</param>
public sealed record PartVerdict(string Reading, double? MeanConfidence, double? ObservedFrequency, string? Test)
{
    private const double Level = 0.05;

    /// <summary>The reading with both frequencies: "overconfident: mean confidence 90.0 %, observed frequency 81.2 %".</summary>
    public string Short => MeanConfidence is { } confidence && ObservedFrequency is { } frequency
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{Reading}: mean confidence {100 * confidence:0.0} %, observed frequency {100 * frequency:0.0} %")
        : Reading;

    /// <summary>The reading with both frequencies and the test.</summary>
    public override string ToString() => Test is null ? Reading : $"{Short}; {Test}";

    /// <summary>The verdict of a test.</summary>
    /// <param name="adjusted">The corrected p-value; NaN where nothing was tested.</param>
    /// <param name="confidence">The mean probability.</param>
    /// <param name="frequency">The share of rows with the event.</param>
    /// <param name="tests">The number of tests that the p-value is corrected for.</param>
    internal static PartVerdict Of(double adjusted, double confidence, double frequency, int tests) => adjusted switch
    {
        double.NaN => new("too few rows to test", null, null, null),
        > Level => new("no miscalibration detected", null, null, null),
        _ => new(
            confidence > frequency ? "overconfident" : "underconfident", confidence, frequency,
            $"p {(adjusted < 0.001 ? "< 0.001" : $"= {CalibrationVerdict.Text(adjusted)}")}, corrected for {tests} tests (Holm)"),
    };
}
