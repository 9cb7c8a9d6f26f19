using Credence.Evaluation.Intervals;
using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The three parts of the top label's Brier score (T. Dimitriadis, T. Gneiting, A. Jordan 2021).</summary>
internal static class CorpMetrics
{
    /// <summary>The reduction of the score by isotonic recalibration.</summary>
    public static LabelMetric Miscalibration { get; } = LabelMetric.ErrorOf(
        new() { Name = MetricName.CorpMiscalibration, Title = "CORP miscalibration" },
        _ => "top label, no bins: reduction of the Brier score of right or wrong by isotonic recalibration, fitted on these rows",
        (in LabelledGaps labels) => labels.Miscalibration,
        (rows, value, none) => CalibrationInterval.OfSquare(
            value, rows.Drawn(Chance), rows.Moved(m => m.Miscalibration), rows.Spread.Squares, rows.Spread.Noise, none));

    /// <summary>How well the confidence discriminates right from wrong predictions.</summary>
    public static LabelMetric Discrimination { get; } = new()
    {
        Metric = new() { Name = MetricName.CorpDiscrimination, Title = "CORP discrimination", IsHigherBetter = true },
        Definition = _ => "top label: the recalibrated confidence's gain in Brier score over always predicting the accuracy",
        Compute = rows => new MetricValue(rows.Corp.Discrimination, _ =>
        {
            // The fit overfits by as much as it lowers a calibrated model's score.
            double bias = rows.Nulls.Length > 0 ? rows.Nulls.Average(Chance) : 0;
            return rows.Around.Discrimination(rows.Corp.Discrimination, bias, rows.Calibration.Recalibrated(rows.Sorted.Correct));
        }),
    };

    /// <summary>The score of always predicting the accuracy.</summary>
    public static LabelMetric Uncertainty { get; } = new()
    {
        Metric = new() { Name = MetricName.CorpUncertainty, Title = "CORP uncertainty" },
        Definition = _ => "top label: accuracy·(1 − accuracy), the Brier score of always predicting the accuracy",
        Compute = rows => new MetricValue(rows.Corp.Uncertainty, _ =>
        {
            // Of an accuracy on either side of one half the largest product lies between.
            Interval share = rows.Share(rows.Means.Accuracy);
            double low = share.Low * (1 - share.Low), high = share.High * (1 - share.High);
            bool isAround = share.Low < 0.5 && share.High > 0.5;
            return new Interval(Math.Min(low, high), isAround ? 0.25 : Math.Max(low, high));
        }),
    };

    private static double Chance(NullDraw draw) => draw.Errors[MetricName.CorpMiscalibration];
}
