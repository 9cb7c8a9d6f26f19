namespace Credence.Calibration;

/// <summary>The ways to calibrate, from the simplest to the most flexible.</summary>
public static class CalibrationMethods
{
    /// <summary>All of them, simplest first.</summary>
    public static IReadOnlyList<CalibrationMethod> All { get; } =
    [
        new("none", "the softmax as it is", (logits, labels, weights, _, _) => Unfitted(logits, labels, weights)),
        new("temperature", "one number for all scores", (logits, labels, weights, threads, _) => TemperatureScaling.Fit(logits, labels, weights, threads)),
        new(
            "bias-corrected-temperature",
            "a temperature, and a bias a class",
            (logits, labels, weights, threads, _) => BiasCorrectedTemperatureScaling.Fit(logits, labels, weights, threads)),
    ];

    /// <summary>The method of a name, or null.</summary>
    public static CalibrationMethod? Find(string name) => All.FirstOrDefault(method => method.Name == name);

    /// <summary>Those that take part in a selection by default.</summary>
    /// <param name="classes">The number of classes.</param>
    public static IEnumerable<CalibrationMethod> For(int classes) => classes < 2 ? All.Take(1) : All;

    private static IdentityCalibrator Unfitted(Data.Logits logits, Data.Labels labels, ReadOnlySpan<double> weights)
    {
        CalibrationRows.Check(logits, labels, weights);
        return new IdentityCalibrator(logits.Classes);
    }
}
