using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>How well each class's rows are ranked before the others', averaged over classes.</summary>
internal static class RankingMetrics
{
    /// <summary>Area under the ROC curve.</summary>
    public static LabelMetric Auroc { get; } = new()
    {
        Metric = new() { Name = MetricName.Auroc, Title = "AUROC", IsHigherBetter = true },
        Definition = _ => "mean over classes with rows of the area under the class's ROC curve against the rest, "
            + "ties counted half; DeLong's interval",
        Verdict = VerdictRule.Chance,
        Compute = rows => new MetricValue(rows.Ranking.Auroc.Value, _ => rows.Ranking.Auroc.Interval) { Chance = 0.5 },
    };

    /// <summary>Average precision.</summary>
    public static LabelMetric AveragePrecision { get; } = new()
    {
        Metric = new() { Name = MetricName.AveragePrecision, Title = "Average precision", IsHigherBetter = true },
        Definition = _ => "mean over classes with rows of Σ (recall gained)·precision over distinct thresholds, "
            + "class against the rest; interval on the log-odds scale",
        Verdict = VerdictRule.Chance,
        Compute = rows => new MetricValue(rows.Ranking.AveragePrecision.Value, _ => rows.Ranking.AveragePrecision.Interval)
        {
            Chance = rows.Ranking.ChancePrecision,
        },
    };
}
