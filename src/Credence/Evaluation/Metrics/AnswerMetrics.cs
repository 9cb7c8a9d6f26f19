using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>How often the most probable class is the true one, over all rows and class by class.</summary>
internal static class AnswerMetrics
{
    /// <summary>The share of rows that are right.</summary>
    public static LabelMetric Accuracy { get; } = new()
    {
        Metric = new() { Name = MetricName.Accuracy, Title = "Accuracy", IsHigherBetter = true, IsShare = true },
        Definition = _ => "share of rows whose most probable class is the true one",
        Compared = means => means.Accuracy,
        Compute = rows => new MetricValue(rows.Means.Accuracy, _ => rows.Share(rows.Means.Accuracy))
        {
            Draws = rows.Drawn(draw => draw.Rows.Accuracy),
        },
    };

    /// <summary>The mean of the classes' F1.</summary>
    public static LabelMetric MacroF1 { get; } = new()
    {
        Metric = new() { Name = MetricName.MacroF1, Title = "Macro F1", IsHigherBetter = true, IsShare = true },
        Definition = _ => "mean F1 of the classes that are present or predicted",
        IntervalNote = "; interval from each row's influence, by Hall's transformation (1992)",
        Compared = means => means.MacroF1,
        Compute = rows => new MetricValue(rows.Means.MacroF1, _ => rows.Around.MacroF1) { Draws = rows.Drawn(draw => draw.Rows.MacroF1) },
    };
}
