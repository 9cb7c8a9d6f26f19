using Credence.Evaluation.Intervals;
using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>Log loss and Brier score, each in the part that the best temperature takes off and the part that is left.</summary>
internal static class TemperatureMetrics
{
    /// <summary>What the best temperature takes off the log loss; not defined where a true class has probability 0.</summary>
    public static LabelMetric LogLossCalibration { get; } = Calibration(
        MetricName.LogLossCalibration,
        "Log loss a temperature would mend",
        "all classes: what the best temperature, fitted on these rows, takes off the log loss",
        rows => rows.Split.ImpossibleRows == 0 ? rows.Means.LogLoss - rows.Means.RefinedLogLoss : double.NaN,
        draw => draw.Gain.LogLoss,
        around => around.LogLossGainError) with
    {
        Compared = means => means.LogLoss - means.RefinedLogLoss,
    };

    /// <summary>The log loss that is left.</summary>
    public static LabelMetric LogLossRefinement { get; } = Refinement(
        MetricName.LogLossRefinement,
        "Log loss that is left",
        "all classes: the log loss at the best temperature, fitted on these rows",
        means => means.RefinedLogLoss,
        rows => rows.Split.ImpossibleRows == 0 ? rows.Around.RefinedLogLoss : Interval.None) with
    {
        Compared = means => means.RefinedLogLoss,
    };

    /// <summary>What the temperature of least log loss takes off the Brier score.</summary>
    public static LabelMetric BrierCalibration { get; } = Calibration(
        MetricName.BrierCalibration,
        "Brier score a temperature would mend",
        "all classes: what the temperature of least log loss, fitted on these rows, takes off the Brier score",
        rows => rows.Means.Brier - rows.Means.RefinedBrier,
        draw => draw.Gain.Brier,
        around => around.BrierGainError);

    /// <summary>The Brier score that is left there.</summary>
    public static LabelMetric BrierRefinement { get; } = Refinement(
        MetricName.BrierRefinement,
        "Brier score that is left",
        "all classes: the Brier score at the temperature of least log loss, fitted on these rows",
        means => means.RefinedBrier,
        rows => rows.Around.RefinedBrier);

    private static LabelMetric Calibration(
        string name, string title, string definition, Func<EvaluatedRows, double> value, Func<NullDraw, double> drawn, Func<RowIntervals, double> error) => new()
        {
            Metric = new() { Name = name, Title = title },
            Definition = _ => definition,
            IntervalNote = "; interval even on the root",
            Verdict = VerdictRule.CalibrationError,
            Compute = rows =>
            {
                double gain = value(rows);
                return new MetricValue(gain, none => CalibrationInterval.OfGain(gain, error(rows.Around), none)) { Draws = rows.Drawn(drawn) };
            },
        };

    private static LabelMetric Refinement(string name, string title, string definition, Func<RowMetrics, double> value, Func<EvaluatedRows, Interval> interval) => new()
    {
        Metric = new() { Name = name, Title = title },
        Definition = _ => definition,
        IntervalNote = "; interval of the mean by Hall's transformation (1992), even where rows are skewed",
        Compute = rows => new MetricValue(value(rows.Means), _ => interval(rows)),
    };
}
