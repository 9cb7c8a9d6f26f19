using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>A metric of rows that may have several labels. It is listed in <see cref="MetricCatalog"/>.</summary>
/// <param name="Metric">How it is called and written.</param>
/// <param name="Definition">What exactly it is, for so many bins.</param>
/// <param name="Compute">Computes the value and its interval.</param>
internal sealed record MultiLabelMetric(Metric Metric, Func<int, string> Definition, Func<EvaluatedLabelSets, MetricValue> Compute)
{
    /// <summary>What its verdict compares it with.</summary>
    public VerdictRule Verdict { get; init; }

    /// <summary>The result on rows.</summary>
    public MetricResult Measure(EvaluatedLabelSets rows) =>
        Compute(rows).Result(Metric, Verdict, Definition(rows.Options.Bins), rows.Count, true);
}
