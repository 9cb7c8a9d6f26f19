using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The metrics of rows that may have several labels.</summary>
internal static class MultiLabelMetrics
{
    /// <summary>The mean of the classes' F1.</summary>
    public static MultiLabelMetric MacroF1 { get; } = Mean(
        AnswerMetrics.MacroF1.Metric, "mean F1 of the classes that are present or predicted", means => means.MacroF1);

    /// <summary>The F1 over all rows and classes together.</summary>
    public static MultiLabelMetric MicroF1 { get; } = Mean(
        new() { Name = MetricName.MicroF1, Title = "Micro F1", IsHigherBetter = true, IsShare = true },
        "F1 over all rows and classes together: 2·true positives / (predicted + present)", means => means.MicroF1);

    /// <summary>The share of rows whose labels are all right.</summary>
    public static MultiLabelMetric Exact { get; } = new(
        AnswerMetrics.Accuracy.Metric, _ => "share of rows whose predicted label set equals the true one",
        rows => new MetricValue(rows.Means.Exact, _ => Interval.Wilson(rows.Means.Exact, Math.Max(1, rows.Effective))));

    /// <summary>The log loss of a row and a class.</summary>
    public static MultiLabelMetric LogLoss { get; } = Mean(
        LogLossScore.Metric.Metric, "mean over rows and classes of −ln of the probability given to the true outcome, in nats",
        means => means.LogLoss);

    /// <summary>The Brier score of a row.</summary>
    public static MultiLabelMetric Brier { get; } = Mean(
        BrierScore.Metric.Metric, "mean over rows of Σ over classes (p − [row is of the class])²", means => means.Brier);

    /// <summary>Area under the ROC curve.</summary>
    public static MultiLabelMetric Auroc { get; } = OverClasses(
        RankingMetrics.Auroc.Metric, "area under the ROC curve of each class, averaged over those with rows and without",
        own => own.Auroc, own => own.AurocError);

    /// <summary>Average precision.</summary>
    public static MultiLabelMetric AveragePrecision { get; } = OverClasses(
        RankingMetrics.AveragePrecision.Metric, "average precision of each class, averaged over the same classes",
        own => own.AveragePrecision, own => own.AveragePrecisionError);

    /// <summary>Each class's calibration error, averaged.</summary>
    public static MultiLabelMetric ClasswiseEce { get; } =
        new(BinnedErrorMetrics.ClasswiseEce.Metric, BinnedErrorMetrics.ClasswiseDefinition, rows =>
    {
        double[][] draws = rows.Calibration.Draws;
        return new MetricValue(rows.Calibration.Errors.Average(), _ => Interval.None)
        {
            Draws = [.. Enumerable.Range(0, draws[0].Length).Select(draw => draws.Average(own => own[draw]))],
        };
    })
        {
            Verdict = VerdictRule.CalibrationError,
        };

    private static MultiLabelMetric Mean(Metric metric, string definition, Func<MultiLabelMeans, double> value) => new(
        metric,
        _ => definition,
        rows => new MetricValue(value(rows.Means), _ =>
            rows.Drawn.Length == 0 || rows.Count < 2 ? Interval.None : Interval.Percentiles([.. rows.Drawn.Select(value)])));

    private static MultiLabelMetric OverClasses(Metric metric, string definition, Func<RankedClass, double> value,
        Func<RankedClass, double> deviation) => new(
        metric,
        _ => definition,
        rows =>
        {
            RankedClass[] known = [.. rows.Ranked.Where(own => !double.IsNaN(own.Auroc))];
            if (known.Length == 0)
                return new MetricValue(double.NaN, _ => Interval.None);

            double mean = known.Average(value), variance = known.Sum(own => deviation(own) * deviation(own));
            return new MetricValue(mean, _ => Interval.OfOdds(mean, Math.Sqrt(variance) / known.Length));
        });
}
