using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>Single numbers of the risk–coverage curve: what acting on the most confident rows alone comes to.</summary>
internal static class SelectiveMetrics
{
    private const string Influence = "; interval from each row's influence, by Hall's transformation (1992)";

    /// <summary>Area under the risk–coverage curve (Y. Geifman, R. El-Yaniv 2017).</summary>
    public static LabelMetric Aurc { get; } = new()
    {
        Metric = new() { Name = MetricName.Aurc, Title = "Area under risk–coverage (AURC)" },
        Definition = _ => "mean share of errors among the i surest rows, i = 1 … n, expected over ties",
        IntervalNote = Influence,
        Compared = means => means.Aurc,
        Compute = rows => new MetricValue(rows.Means.Aurc, _ => rows.Around.Aurc) { Draws = rows.Drawn(draw => draw.Rows.Aurc) },
    };

    /// <summary>Area under the generalised risk–coverage curve (J. Traub and others 2024).</summary>
    public static LabelMetric Augrc { get; } = new()
    {
        Metric = new() { Name = MetricName.Augrc, Title = "Area under generalised risk–coverage (AUGRC)" },
        Definition = _ => "mean over i = 1 … n of errors among the i surest rows as a share of all rows, expected over ties",
        IntervalNote = Influence,
        Compared = means => means.Augrc,
        Compute = rows => new MetricValue(rows.Means.Augrc, _ => rows.Around.Augrc) { Draws = rows.Drawn(draw => draw.Rows.Augrc) },
    };

    /// <summary>The share of errors among the most confident half.</summary>
    public static LabelMetric RiskAt50 { get; } =
        RiskAt(MetricName.RiskAtCoverage50, "Wrong among the surest half", 50, means => means.RiskAt50);

    /// <summary>The share of errors among the most confident 80 %.</summary>
    public static LabelMetric RiskAt80 { get; } =
        RiskAt(MetricName.RiskAtCoverage80, "Wrong among the surest 80 %", 80, means => means.RiskAt80);

    /// <summary>The share of errors among the most confident 90 %.</summary>
    public static LabelMetric RiskAt90 { get; } =
        RiskAt(MetricName.RiskAtCoverage90, "Wrong among the surest 90 %", 90, means => means.RiskAt90);

    /// <summary>The largest share of rows of which at most 1 % are wrong.</summary>
    public static LabelMetric CoverageAt1 { get; } = CoverageAt(MetricName.CoverageAtRisk1, 1, means => means.CoverageAt1);

    /// <summary>The largest share of rows of which at most 5 % are wrong.</summary>
    public static LabelMetric CoverageAt5 { get; } = CoverageAt(MetricName.CoverageAtRisk5, 5, means => means.CoverageAt5);

    private static LabelMetric RiskAt(string name, string title, int percent, Func<RowMetrics, double> value) => new()
    {
        Metric = new() { Name = name, Title = title, IsShare = true },
        Definition = _ => $"share of errors among the surest {percent} % of rows, expected over ties",
        IntervalNote = "; Wilson's interval",
        Compute = rows => new MetricValue(value(rows.Means), _ => rows.Around.RiskAt(percent / 100.0, value(rows.Means)))
        {
            Draws = rows.Drawn(draw => value(draw.Rows)),
        },
    };

    private static LabelMetric CoverageAt(string name, int percent, Func<RowMetrics, double> value) => new()
    {
        Metric = new() { Name = name, Title = $"Can be answered with {percent} % wrong", IsHigherBetter = true, IsShare = true },
        Definition = _ => $"largest share of rows, the surest first, of which at most {percent} % are wrong, expected over ties",
        IntervalNote = "; interval from exact tests of the risk at each coverage",
        Compute = rows => new MetricValue(
            value(rows.Means), _ => CoverageInterval.Compute(rows.Sorted, percent / 100.0, value(rows.Means), rows.Effective))
        {
            Draws = rows.Drawn(draw => value(draw.Rows)),
        },
    };
}
