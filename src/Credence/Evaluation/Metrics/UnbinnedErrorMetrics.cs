using Credence.Evaluation.Intervals;
using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The top label's calibration errors without bins.</summary>
internal static class UnbinnedErrorMetrics
{
    /// <summary>Smooth.</summary>
    public static LabelMetric SmoothEce { get; } = LabelMetric.ErrorOf(
        new() { Name = MetricName.SmoothEce, Title = "Smooth calibration error" },
        _ => "top label, no bins: gaps smoothed by a reflected Gaussian whose standard deviation is the metric itself",
        (in LabelledGaps labels) => labels.Smooth,
        (rows, value, none) => CalibrationInterval.Compute(
            value, rows.Moved(m => m.SmoothLow), rows.Moved(m => m.SmoothHigh),
            rows.Moved(m => m.Total), rows.Spread.Sampling, rows.Spread.Noise, none));

    /// <summary>Kolmogorov's and Smirnov's.</summary>
    public static LabelMetric Ks { get; } = LabelMetric.ErrorOf(
        new() { Name = MetricName.Ks, Title = "Kolmogorov–Smirnov calibration error" },
        _ => "top label, largest |sum of confidence − correct| over the least confident rows, as a share of all rows",
        (in LabelledGaps labels) => BinnedCalibrationError.Largest(labels.Gaps, labels.Rows.Groups),
        (rows, value, none) => CalibrationInterval.Compute(
            value, rows.Moved(m => m.KsLow), rows.Moved(m => m.KsHigh),
            rows.Moved(m => m.Total), rows.Spread.Sampling, rows.Spread.Noise, none));
}
