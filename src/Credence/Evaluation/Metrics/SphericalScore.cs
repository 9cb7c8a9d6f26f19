using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>p(label) / ‖p‖ (T. B. Roby 1965).</summary>
internal sealed class SphericalScore : IRowScore
{
    /// <summary>Its mean over rows.</summary>
    public static LabelMetric Metric { get; } = LabelMetric.MeanOf(
        new() { Name = MetricName.Spherical, Title = "Spherical score", IsHigherBetter = true },
        "mean of p(label) / square root of Σ over classes p²; 0 to 1, 1 is best", new SphericalScore(), 1);

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> p, int label, double squares) => p[label] / Math.Sqrt(squares);

    /// <inheritdoc/>
    public double Term(ReadOnlySpan<double> p, double squares) => 1 / Math.Sqrt(squares);

    /// <inheritdoc/>
    public double Sum(ReadOnlySpan<double> weights, ReadOnlySpan<double> terms, ReadOnlySpan<double> chances, ReadOnlySpan<double> logs)
    {
        double sum = 0;
        for (int i = 0; i < chances.Length; i++)
        {
            if (weights[i] > 0)
                sum += weights[i] * chances[i] * terms[i];
        }

        return sum;
    }
}
