using Credence.Evaluation.Intervals;
using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>Log loss and Brier score, each split into the part that the best temperature removes and the rest.</summary>
internal static class TemperatureMetrics
{
    /// <summary>The reduction of the log loss by the best temperature; not defined where a true class has probability 0.</summary>
    public static LabelMetric LogLossCalibration { get; } = Calibration(
        MetricName.LogLossCalibration,
        "Log loss, calibration part",
        "all classes: reduction of the log loss by the best temperature, fitted on these rows",
        rows => rows.Split.ImpossibleRows == 0 ? rows.Means.LogLoss - rows.Means.RefinedLogLoss : double.NaN,
        draw => draw.Gain.LogLoss,
        around => around.LogLossGainError) with
    {
        Compared = means => means.LogLoss - means.RefinedLogLoss,
    };

    /// <summary>The log loss at the best temperature.</summary>
    public static LabelMetric LogLossRefinement { get; } = Refinement(
        MetricName.LogLossRefinement,
        "Log loss, refinement part",
        "all classes: the log loss at the best temperature, fitted on these rows",
        means => means.RefinedLogLoss,
        rows => rows.Split.ImpossibleRows == 0 ? rows.Around.RefinedLogLoss : Interval.None) with
    {
        Compared = means => means.RefinedLogLoss,
    };

    /// <summary>The reduction of the Brier score by the temperature of least log loss.</summary>
    public static LabelMetric BrierCalibration { get; } = Calibration(
        MetricName.BrierCalibration,
        "Brier score, calibration part",
        "all classes: reduction of the Brier score by the temperature of least log loss, fitted on these rows",
        rows => rows.Means.Brier - rows.Means.RefinedBrier,
        draw => draw.Gain.Brier,
        around => around.BrierGainError);

    /// <summary>The Brier score at that temperature.</summary>
    public static LabelMetric BrierRefinement { get; } = Refinement(
        MetricName.BrierRefinement,
        "Brier score, refinement part",
        "all classes: the Brier score at the temperature of least log loss, fitted on these rows",
        means => means.RefinedBrier,
        rows => rows.Around.RefinedBrier);

    private static LabelMetric Calibration(
        string name, string title, string definition, Func<EvaluatedRows, double> value, Func<NullDraw, double> drawn,
            Func<RowIntervals, double> error) => new()
            {
                Metric = new() { Name = name, Title = title },
                Definition = _ => definition,
                IntervalNote = "; interval on the square-root scale",
                Verdict = VerdictRule.CalibrationError,
                Compute = rows =>
                {
                    double gain = value(rows);
                    return new MetricValue(gain, none =>
                        CalibrationInterval.OfGain(gain, error(rows.Around), none))
                    { Draws = rows.Drawn(drawn) };
                },
            };

    private static LabelMetric Refinement(
        string name, string title, string definition, Func<RowMetrics, double> value, Func<EvaluatedRows, Interval> interval) => new()
        {
            Metric = new() { Name = name, Title = title },
            Definition = _ => definition,
            IntervalNote = "; interval of the mean by Hall's transformation (1992), corrected for skewness",
            Compute = rows => new MetricValue(value(rows.Means), _ => interval(rows)),
        };
}
