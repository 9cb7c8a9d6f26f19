namespace Credence.Evaluation.Results;

/// <summary>A metric with its interval, its value for a calibrated model, its verdict and its definition.</summary>
/// <param name="Name">One of <see cref="MetricName"/>.</param>
/// <param name="Value">The value; NaN where it is not defined, +∞ where it is infinite.</param>
/// <param name="Interval">The 95 % interval of the value in the population of the rows: for calibration errors of the error itself, not of
/// the
/// estimate, which is too large on average.</param>
/// <param name="Null">The metric's distribution on these rows for a calibrated model; null where it was not computed.</param>
/// <param name="Verdict">The verdict; null where there is none.</param>
/// <param name="Definition">Its exact definition: bins, scheme, norm, label mode, unit.</param>
public sealed record MetricResult(
    string Name, double Value, Interval Interval, CalibratedNull? Null, MetricVerdict? Verdict, string Definition)
{
    /// <summary>Whether it is a calibration error: 0 is best, and more than chance explains means miscalibration.</summary>
    public bool IsCalibrationError { get; init; }

    /// <summary>Calibration errors only: the share of draws in which a calibrated model's metric is at least as large (Monte Carlo, the
    /// value itself counted among them); NaN where not computed.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>The same with a verdict that stands beneath the one test of all: a metric alone blames the probabilities only where that
    /// does, and acquits them only where that does.</summary>
    internal MetricResult Beneath(CalibrationTest? joint) =>
        joint is null || Verdict is null || Null is null ? this : this with { Verdict = CalibrationVerdict.Beneath(Verdict, this, joint) };

    /// <summary>Whether a calibration error is larger than chance explains for a calibrated model; null for other metrics, and where it was
    /// not computed.</summary>
    public bool? IsMiscalibrated => IsCalibrationError && Null is { } calibrated ? Value > calibrated.P95 : null;
}
