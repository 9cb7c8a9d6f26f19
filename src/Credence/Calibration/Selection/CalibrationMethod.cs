using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.Selection;

/// <summary>A way to fit a calibrator, by the name people type.</summary>
public sealed class CalibrationMethod
{
    private readonly FitBody fit;

    internal CalibrationMethod(string name, string summary, FitBody fit)
    {
        Name = name;
        Summary = summary;
        this.fit = fit;
    }

    internal delegate ICalibrator FitBody(Logits logits, Labels labels, ReadOnlySpan<double> weights, int threads, CancellationToken cancellationToken);

    /// <summary>Its name: "temperature".</summary>
    public string Name { get; }

    /// <summary>What it does, in a few words.</summary>
    public string Summary { get; }

    /// <summary>Fits it.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public ICalibrator Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int threads = 0, CancellationToken cancellationToken = default) =>
        fit(logits, labels, weights, threads, cancellationToken);
}
