using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>Σ_k (p_k − [k = label])² (G. W. Brier 1950).</summary>
internal sealed class BrierScore : IRowScore
{
    /// <summary>Its mean over rows.</summary>
    public static LabelMetric Metric { get; } = LabelMetric.MeanOf(
        new() { Name = MetricName.Brier, Title = "Brier score" },
        "mean over rows of Σ over classes (p − [class is label])²; 0 to 2", new BrierScore(), 2);

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> p, int label, double squares) =>
        squares - (p[label] * p[label]) + ((1 - p[label]) * (1 - p[label]));

    /// <inheritdoc/>
    public double Term(ReadOnlySpan<double> p, double squares) => squares;

    /// <inheritdoc/>
    public double Sum(ReadOnlySpan<double> weights, ReadOnlySpan<double> terms, ReadOnlySpan<double> chances, ReadOnlySpan<double> logs)
    {
        double sum = 0;
        for (int i = 0; i < chances.Length; i++)
        {
            if (weights[i] > 0)
                sum += weights[i] * (terms[i] - (2 * chances[i]) + 1);
        }

        return sum;
    }
}
