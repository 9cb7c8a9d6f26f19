using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>A metric as computed on rows.</summary>
/// <param name="Value">The value; NaN where it is not defined.</param>
/// <param name="Interval">Its 95 % interval, given its value for a calibrated model; called only where intervals are asked for.</param>
internal readonly record struct MetricValue(double Value, Func<CalibratedNull?, Interval> Interval)
{
    /// <summary>The value for each draw of labels from the probabilities; null where there are none.</summary>
    public double[]? Draws { get; init; }

    /// <summary>The value for a calibrated model where it is known without draws.</summary>
    public CalibratedNull? Null { get; init; }

    /// <summary>The value that chance gives, for <see cref="VerdictRule.Chance"/>.</summary>
    public double Chance { get; init; }

    /// <summary>Combines the value with its interval, its value for a calibrated model and its verdict.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="rule">The reference of the verdict.</param>
    /// <param name="definition">Its exact definition.</param>
    /// <param name="rows">How many rows it was computed on.</param>
    /// <param name="intervals">Whether intervals are asked for.</param>
    public MetricResult Result(Metric metric, VerdictRule rule, string definition, int rows, bool intervals)
    {
        CalibratedNull? none = Null ?? CalibratedNull.Compute(Draws ?? []);
        Interval interval = intervals ? Interval(none) : Results.Interval.None;
        bool isError = rule == VerdictRule.CalibrationError;
        MetricVerdict? verdict = rule switch
        {
            VerdictRule.CalibrationError => double.IsNaN(Value) ? null : CalibrationVerdict.OfError(Value, none, rows),
            VerdictRule.Chance => interval.IsKnown ? CalibrationVerdict.OfRanking(Value, interval, Chance) : null,
            _ => CalibrationVerdict.OfMetric(Value, none, metric.IsHigherBetter, rows),
        };
        return new MetricResult(metric.Name, Value, interval, none, verdict, definition)
        {
            IsCalibrationError = isError,
            PValue = isError ? MonteCarlo(Value, Draws ?? []) : double.NaN,
        };
    }

    private static double MonteCarlo(double value, double[] draws) =>
        draws.Length == 0 || double.IsNaN(value) ? double.NaN : (1.0 + draws.Count(draw => draw >= value)) / (draws.Length + 1);
}
