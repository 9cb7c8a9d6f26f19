namespace Credence.Evaluation.Results;

/// <summary>A metric with everything needed to read it.</summary>
/// <param name="Name">One of <see cref="MetricName"/>.</param>
/// <param name="Value">The value; NaN where it is not defined, +∞ where it is infinite.</param>
/// <param name="Interval">The 95 % interval of the value in the population the rows come from: for calibration errors of the error itself, not of the
/// estimate, which is too large on average.</param>
/// <param name="Null">What the metric would be on these rows if the probabilities were right; null where that was not looked at.</param>
/// <param name="Verdict">What to make of it; null where there is nothing to say.</param>
/// <param name="Definition">What exactly was computed: bins, scheme, norm, label mode, unit.</param>
public sealed record MetricResult(
    string Name, double Value, Interval Interval, CalibratedNull? Null, MetricVerdict? Verdict, string Definition)
{
    /// <summary>Whether it is a calibration error, of which 0 is best and more than chance gives means miscalibration.</summary>
    public bool IsCalibrationError { get; init; }

    /// <summary>Calibration errors only: the share of draws in which a calibrated model's metric is at least as large (Monte Carlo, the
    /// value itself counted among them); NaN where not looked at.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>Whether a calibration error is above what a calibrated model would show; null of other metrics, and where that was not looked at.</summary>
    public bool? IsMiscalibrated => IsCalibrationError && Null is { } calibrated ? Value > calibrated.P95 : null;
}
