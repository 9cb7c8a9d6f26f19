using Credence.Calibration.OneVsRest;
using Credence.Calibration.Scaling;

namespace Credence.Calibration.Selection;

/// <summary>The registry of calibrators. A new one is its own file and one line here.</summary>
public static class CalibrationMethods
{
    /// <summary>All methods, from the simplest to the most flexible; on ties a selection takes the first.</summary>
    public static IReadOnlyList<CalibrationMethod> All { get; } =
    [
        IdentityCalibrator.Entry,
        TemperatureScaling.Entry,
        BiasCorrectedTemperatureScaling.Entry,
        PlattScaling.Entry,
        ProbabilitySigmoid.Entry,
        ProbabilityScaling.PlainEntry,
        ProbabilityScaling.BiasedEntry,
        BetaCalibration.Entry,
        VectorScaling.PlainEntry,
        VectorScaling.StructuredEntry,
        MatrixScaling.StructuredEntry,
        MatrixScaling.StructuredWithBiasEntry,
        DirichletCalibration.Entry,
        MatrixScaling.FreeEntry,
        HistogramBinning.Entry,
        ScalingBinning.Entry,
        IsotonicCalibration.Entry,
        IsotonicCalibration.CentredEntry,
        VennAbersCalibration.Entry,
    ];

    /// <summary>The methods that calibrate rows with several labels, class by class, simplest first.</summary>
    public static IReadOnlyList<CalibrationMethod> Classwise { get; } = [.. All.Where(method => method.IsClasswise)];

    /// <summary>The method of a name, or null; "temperature+confidence" is <see cref="ConfidenceCalibration"/> after the temperature, and
    /// likewise for each method.</summary>
    public static CalibrationMethod? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(ConfidenceCalibration.Suffix, StringComparison.Ordinal)
            ? Named(name[..^ConfidenceCalibration.Suffix.Length]) is { } first ? ConfidenceCalibration.After(first) : null
            : Named(name);
    }

    /// <summary>The methods of a selection by default; each states in its own file when it takes part.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="triesMaps">Whether maps of each class's own score join them
    /// (<see cref="CalibratorSelectionOptions.TriesMaps"/>).</param>
    public static IEnumerable<CalibrationMethod> For(int classes, int rows, bool triesMaps = false) =>
        All.Where(method => method.IsTried(classes, rows) || (triesMaps && method.IsMap && classes >= 2));

    private static CalibrationMethod? Named(string name) => All.FirstOrDefault(method => method.Name == name);
}
