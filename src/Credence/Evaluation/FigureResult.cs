namespace Credence.Evaluation;

/// <summary>A figure with everything needed to read it.</summary>
/// <param name="Name">One of <see cref="FigureName"/>.</param>
/// <param name="Value">The value; NaN where it is not defined, +∞ where it is infinite.</param>
/// <param name="Interval">Its 95 % interval.</param>
/// <param name="Null">Calibration errors only: what a calibrated model would show on these rows.</param>
/// <param name="Verdict">What to make of it, in words; null where there is nothing to say.</param>
/// <param name="Definition">What exactly was computed: bins, scheme, norm, label mode, unit.</param>
public sealed record FigureResult(
    string Name, double Value, Interval Interval, CalibratedNull? Null, string? Verdict, string Definition)
{
    /// <summary>Whether the value is above what a calibrated model would show; null where that was not looked at.</summary>
    public bool? IsMiscalibrated => Null is { } calibrated ? Value > calibrated.P95 : null;
}
