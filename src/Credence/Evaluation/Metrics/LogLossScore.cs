using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>−ln p(label), in nats: the logarithmic score (I. J. Good 1952).</summary>
internal sealed class LogLossScore : IRowScore
{
    /// <summary>Its mean over rows.</summary>
    public static LabelMetric Metric { get; } = LabelMetric.MeanOf(
        new() { Name = MetricName.LogLoss, Title = "Log loss" }, "mean of −ln p(label), in nats", new LogLossScore(),
            double.PositiveInfinity);

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> p, int label, double squares) => -Log.Compute(p[label]);

    /// <inheritdoc/>
    public double Term(ReadOnlySpan<double> p, double squares) => 0;

    /// <inheritdoc/>
    public double Sum(ReadOnlySpan<double> weights, ReadOnlySpan<double> terms, ReadOnlySpan<double> chances, ReadOnlySpan<double> logs)
    {
        double sum = 0;
        for (int i = 0; i < logs.Length; i++)
        {
            if (weights[i] > 0)
                sum -= weights[i] * logs[i];
        }

        return sum;
    }
}
