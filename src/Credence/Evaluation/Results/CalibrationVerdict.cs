using System.Globalization;

namespace Credence.Evaluation.Results;

/// <summary>The verdict on a metric at this number of rows, in words.</summary>
internal static class CalibrationVerdict
{
    /// <summary>The verdict on a calibration error: is it larger than chance explains for a calibrated model?</summary>
    public static MetricVerdict? OfError(double value, CalibratedNull? calibrated, int rows) => calibrated switch
    {
        null => null,
        { } point when value > point.P95 => new(
            Text(value), "not calibrated",
                $"a calibrated model stays at or below {Text(point.P95)} in 95 % of samples at n = {Count(rows)}")
        {
            IsBetter = false,
        },
        _ => new(Text(value), $"no miscalibration detected at n = {Count(rows)}", null),
    };

    /// <summary>The verdict on any other metric: is it consistent with calibrated probabilities?</summary>
    public static MetricVerdict? OfMetric(double value, CalibratedNull? calibrated, bool isHighGood, int rows)
    {
        if (calibrated is not { } point || double.IsNaN(value))
            return null;

        string range = $"{Text(point.Low)} to {Text(point.High)} at n = {Count(rows)}";
        bool? isBetter = value < point.Low ? !isHighGood : value > point.High ? isHighGood : null;
        return isBetter is { } better
            ? new(Text(value), better ? "better than calibrated probabilities imply"
                : "worse than calibrated probabilities imply", $"they imply {range}")
            { IsBetter = better }
            : new(Text(value), "consistent with calibrated probabilities", $"they imply {range}");
    }

    /// <summary>A verdict that agrees with the one test of all.</summary>
    public static MetricVerdict Beneath(MetricVerdict verdict, MetricResult metric, CalibrationTest joint) =>
        (verdict.IsBetter, joint.IsMiscalibrated) switch
        {
            (not null, false) => verdict with
            {
                Reading = metric.IsCalibrationError ? "no more than chance explains among several metrics"
                    : "beside what calibrated probabilities imply, no more than chance explains among several metrics",
                IsBetter = null,
            },
            (null, true) when metric.IsCalibrationError => verdict with { Reading = "not seen by this metric alone" },
            _ => verdict,
        };

    /// <summary>The verdict on a ranking metric: is it better than chance?</summary>
    public static MetricVerdict? OfRanking(double value, Interval interval, double chance)
    {
        if (double.IsNaN(value))
            return null;

        bool? isBetter = interval.Low > chance ? true : interval.High < chance ? false : null;
        string reading = isBetter switch
        {
            true => "ranks better than chance",
            false => "ranks worse than chance",
            null =>
            "not distinguishable from chance"
        };
        return new(Text(value), $"{reading}, which gives {Text(chance)}", null) { IsBetter = isBetter };
    }

    /// <summary>A value with four decimals, or with three significant digits where four decimals would hide it.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        _ when double.IsInfinity(value) => value > 0 ? "infinite" : "minus infinite",
        0 => "0",
        < 1e-4 => value.ToString("0.0e-0", CultureInfo.InvariantCulture),
        < 1e-3 => value.ToString("0.00000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    private static string Count(int rows) => rows.ToString("#,0", CultureInfo.InvariantCulture);
}
