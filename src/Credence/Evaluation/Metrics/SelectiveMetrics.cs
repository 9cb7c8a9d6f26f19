using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>Single-number summaries of the risk–coverage curve.</summary>
internal static class SelectiveMetrics
{
    private const string Influence = "; interval from each row's influence, by Hall's transformation (1992)";

    /// <summary>Area under the risk–coverage curve (Y. Geifman, R. El-Yaniv 2017).</summary>
    public static LabelMetric Aurc { get; } = new()
    {
        Metric = new() { Name = MetricName.Aurc, Title = "Area under the risk–coverage curve (AURC)" },
        Definition = _ => "mean error rate of the i most confident rows, i = 1 … n, expected over ties",
        IntervalNote = Influence,
        Compared = means => means.Aurc,
        Compute = rows => new MetricValue(rows.Means.Aurc, _ => rows.Around.Aurc) { Draws = rows.Drawn(draw => draw.Rows.Aurc) },
    };

    /// <summary>Area under the generalised risk–coverage curve (J. Traub and others 2024).</summary>
    public static LabelMetric Augrc { get; } = new()
    {
        Metric = new() { Name = MetricName.Augrc, Title = "Area under the generalised risk–coverage curve (AUGRC)" },
        Definition = _ => "mean over i = 1 … n of errors among the i most confident rows as a share of all rows, expected over ties",
        IntervalNote = Influence,
        Compared = means => means.Augrc,
        Compute = rows => new MetricValue(rows.Means.Augrc, _ => rows.Around.Augrc) { Draws = rows.Drawn(draw => draw.Rows.Augrc) },
    };

    /// <summary>The error rate of the most confident half.</summary>
    public static LabelMetric RiskAt50 { get; } =
        RiskAt(MetricName.RiskAtCoverage50, "Risk at 50 % coverage", 50, means => means.RiskAt50);

    /// <summary>The error rate of the 80 % most confident rows.</summary>
    public static LabelMetric RiskAt80 { get; } =
        RiskAt(MetricName.RiskAtCoverage80, "Risk at 80 % coverage", 80, means => means.RiskAt80);

    /// <summary>The error rate of the 90 % most confident rows.</summary>
    public static LabelMetric RiskAt90 { get; } =
        RiskAt(MetricName.RiskAtCoverage90, "Risk at 90 % coverage", 90, means => means.RiskAt90);

    /// <summary>The largest coverage with an error rate of at most 1 %.</summary>
    public static LabelMetric CoverageAt1 { get; } = CoverageAt(MetricName.CoverageAtRisk1, 1, means => means.CoverageAt1);

    /// <summary>The largest coverage with an error rate of at most 5 %.</summary>
    public static LabelMetric CoverageAt5 { get; } = CoverageAt(MetricName.CoverageAtRisk5, 5, means => means.CoverageAt5);

    private static LabelMetric RiskAt(string name, string title, int percent, Func<RowMetrics, double> value) => new()
    {
        Metric = new() { Name = name, Title = title, IsShare = true },
        Definition = _ => $"error rate of the {percent} % most confident rows, expected over ties",
        IntervalNote = "; Wilson's interval",
        Compute = rows => new MetricValue(value(rows.Means), _ => rows.Around.RiskAt(percent / 100.0, value(rows.Means)))
        {
            Draws = rows.Drawn(draw => value(draw.Rows)),
        },
    };

    private static LabelMetric CoverageAt(string name, int percent, Func<RowMetrics, double> value) => new()
    {
        Metric = new() { Name = name, Title = $"Coverage at {percent} % risk", IsHigherBetter = true, IsShare = true },
        Definition = _ => $"largest share of rows, most confident first, with an error rate of at most {percent} %, expected over ties",
        IntervalNote = "; interval from exact tests of the risk at each coverage",
        Compute = rows => new MetricValue(
            value(rows.Means), _ => CoverageInterval.Compute(rows.Sorted, percent / 100.0, value(rows.Means), rows.Effective))
        {
            Draws = rows.Drawn(draw => value(draw.Rows)),
        },
    };
}
