using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The table of metrics: those computed, in the order of every output, and the shorter lists of some of them.</summary>
/// <remarks>A new metric has a file with its computation, one line in a table here, and a test.</remarks>
public static class MetricCatalog
{
    /// <summary>The metrics of rows with one label each, in output order.</summary>
    internal static IReadOnlyList<LabelMetric> All { get; } =
    [
        AnswerMetrics.Accuracy,
        LogLossScore.Metric,
        BrierScore.Metric,
        SphericalScore.Metric,
        AnswerMetrics.MacroF1,
        TopAccuracy.Three,
        TopAccuracy.Five,
        SelectiveMetrics.Aurc,
        SelectiveMetrics.Augrc,
        SelectiveMetrics.RiskAt50,
        SelectiveMetrics.RiskAt80,
        SelectiveMetrics.RiskAt90,
        SelectiveMetrics.CoverageAt1,
        SelectiveMetrics.CoverageAt5,
        TemperatureMetrics.LogLossCalibration,
        TemperatureMetrics.LogLossRefinement,
        TemperatureMetrics.BrierCalibration,
        TemperatureMetrics.BrierRefinement,
        BinnedErrorMetrics.Ece,
        BinnedErrorMetrics.EceEqualMass,
        BinnedErrorMetrics.ClasswiseEce,
        BinnedErrorMetrics.L2DebiasedSquared,
        UnbinnedErrorMetrics.SmoothEce,
        UnbinnedErrorMetrics.Ks,
        BinnedErrorMetrics.Mce,
        CorpMetrics.Miscalibration,
        CorpMetrics.Discrimination,
        CorpMetrics.Uncertainty,
        KernelMetric.Skce,
        RankingMetrics.Auroc,
        RankingMetrics.AveragePrecision,
    ];

    /// <summary>The metrics of rows that may have several labels.</summary>
    internal static IReadOnlyList<MultiLabelMetric> Sets { get; } =
    [
        MultiLabelMetrics.MacroF1,
        MultiLabelMetrics.MicroF1,
        MultiLabelMetrics.Exact,
        MultiLabelMetrics.LogLoss,
        MultiLabelMetrics.Brier,
        MultiLabelMetrics.Auroc,
        MultiLabelMetrics.AveragePrecision,
        MultiLabelMetrics.ClasswiseEce,
    ];

    /// <summary>The metrics that compare two models, the deciding one first.</summary>
    internal static IReadOnlyList<LabelMetric> Compared { get; } =
    [
        LogLossScore.Metric,
        BrierScore.Metric,
        SphericalScore.Metric,
        AnswerMetrics.Accuracy,
        AnswerMetrics.MacroF1,
        TemperatureMetrics.LogLossCalibration,
        TemperatureMetrics.LogLossRefinement,
        SelectiveMetrics.Aurc,
        SelectiveMetrics.Augrc,
    ];

    /// <summary>The names of the key metrics of a report, in the order they are read: accuracy, scores of the
    /// probabilities, calibration, selective prediction.</summary>
    public static IReadOnlyList<string> Key { get; } =
    [
        MetricName.Accuracy, MetricName.MacroF1, MetricName.MicroF1, MetricName.LogLoss, MetricName.Brier, MetricName.Auroc,
        MetricName.Ece, MetricName.SmoothEce, MetricName.ClasswiseEce, MetricName.RiskAtCoverage80, MetricName.CoverageAtRisk5,
            MetricName.Aurc,
    ];

    /// <summary>The metrics of a short summary, and their short names.</summary>
    public static IReadOnlyList<(string Name, string Label)> Summary { get; } =
    [
        (MetricName.Accuracy, "accuracy"),
        (MetricName.LogLoss, "log loss"),
        (MetricName.Brier, "Brier score"),
        (MetricName.MacroF1, "macro F1"),
        (MetricName.Ece, "ECE"),
        (MetricName.SmoothEce, "smooth ECE"),
        (MetricName.Aurc, "AURC"),
    ];

    /// <summary>The same of rows that may have several labels.</summary>
    public static IReadOnlyList<(string Name, string Label)> SummaryOfSets { get; } =
    [
        (MetricName.MacroF1, "macro F1"),
        (MetricName.MicroF1, "micro F1"),
        (MetricName.Accuracy, "subset accuracy"),
        (MetricName.LogLoss, "log loss"),
        (MetricName.Auroc, "AUROC"),
        (MetricName.AveragePrecision, "average precision"),
        (MetricName.ClasswiseEce, "classwise ECE"),
    ];

    /// <summary>The metrics that are means of a score over rows, in the order of their columns.</summary>
    internal static IReadOnlyList<LabelMetric> Scores { get; } = [.. All.Where(metric => metric.Score is not null)];

    /// <summary>The metrics that are functions of which rows are right.</summary>
    internal static IReadOnlyList<LabelMetric> Errors { get; } = [.. All.Where(metric => metric.Error is not null)];

    /// <summary>A metric by its name.</summary>
    /// <param name="name">One of <see cref="MetricName"/>, or any other.</param>
    /// <returns>The metric; null where there is none of the name.</returns>
    public static Metric? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(metric => metric.Metric.Name == name)?.Metric
        ?? Sets.FirstOrDefault(metric => metric.Metric.Name == name)?.Metric;
    }

    /// <summary>The position of a metric in one of the lists.</summary>
    /// <exception cref="ArgumentException">It is not in it.</exception>
    internal static int IndexOf(IReadOnlyList<LabelMetric> metrics, string name)
    {
        for (int i = 0; i < metrics.Count; i++)
        {
            if (metrics[i].Metric.Name == name)
                return i;
        }

        throw new ArgumentException(
            $"There is no metric '{name}' among {string.Join(", ", metrics.Select(metric => metric.Metric.Name))}.", nameof(name));
    }
}
