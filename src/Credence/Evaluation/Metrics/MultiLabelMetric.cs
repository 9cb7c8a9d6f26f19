using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>A metric of rows that may have several labels. It is listed in <see cref="MetricCatalog"/>.</summary>
/// <param name="Metric">Its name, title and unit.</param>
/// <param name="Definition">Its exact definition for a number of bins.</param>
/// <param name="Compute">Computes the value and its interval.</param>
internal sealed record MultiLabelMetric(Metric Metric, Func<int, string> Definition, Func<EvaluatedLabelSets, MetricValue> Compute)
{
    /// <summary>The reference of its verdict.</summary>
    public VerdictRule Verdict { get; init; }

    /// <summary>The result on rows.</summary>
    public MetricResult Measure(EvaluatedLabelSets rows) =>
        Compute(rows).Result(Metric, Verdict, Definition(rows.Options.Bins), rows.Count, true);
}
