using Credence.Evaluation.Intervals;
using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The squared kernel calibration error, of all classes at once.</summary>
internal static class KernelMetric
{
    private const ulong Stream = 4;

    /// <summary>The metric; its draws are its own, of pairs of rows.</summary>
    public static LabelMetric Skce { get; } = new()
    {
        Metric = new() { Name = MetricName.Skce, Title = "Squared kernel calibration error" },
        Definition = _ => "all classes, no bins: squared kernel calibration error, "
            + "kernel exp(−‖p − p′‖ / median distance), unbiased; can be negative",
        Verdict = VerdictRule.CalibrationError,
        Compute = rows =>
        {
            KernelCalibrationError kernel = KernelCalibrationError.Compute(
                rows.Probabilities, rows.Labels, rows.Options.NullDraws, rows.Rng.Split(Stream),
                rows.Options.MaxThreads, rows.CancellationToken);
            return new MetricValue(kernel.Value, none => CalibrationInterval.OfPairs(kernel.Value, kernel.Between, kernel.Within, none))
            {
                Draws = kernel.Draws,
            };
        },
    };
}
