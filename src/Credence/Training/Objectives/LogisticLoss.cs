using Credence.Numerics;
using Credence.Training.Optimization;

namespace Credence.Training.Objectives;

/// <summary>
/// The cross-entropy of the softmax of two classes as a function of s = z₁ − z₀ alone: −w·ln σ(±s), the sign that of the label. With q the
/// probability of the other class its residual is ∓w·q, its curvature w·q(1 − q). An eighth of the work of two padded scores.
/// </summary>
/// <param name="labels">0 or 1 for each row; that of a row without weight is not looked at.</param>
/// <param name="weights">A weight a row, adding up to one.</param>
internal sealed class LogisticLoss(int[] labels, double[] weights) : IRowLoss
{
    public int Classes => 1;

    public double LossAndResidual(int from, int to, double[] z, double[] r, int stride)
    {
        Span<double> rows = r.AsSpan(from, to - from);
        var logs = new double[rows.Length];
        for (int i = from; i < to; i++)
            logs[i - from] = labels[i] == 1 ? z[i] : -z[i];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = -logs[i];

        LogSigmoid.Map(logs, logs);
        Sigmoid.Map(rows, rows);
        double total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double weight = weights[from + i];
            if (weight == 0)
            {
                rows[i] = 0;
                continue;
            }

            total -= weight * logs[i];
            rows[i] *= labels[from + i] == 1 ? -weight : weight;
        }

        return total;
    }

    public void Curvature(int from, int to, double[] r, double[] v, int stride)
    {
        for (int i = from; i < to; i++)
            v[i] *= Curvature(r[i], weights[i]);
    }

    public void CurvatureDiagonal(int from, int to, double[] r, double[] c, int stride)
    {
        for (int i = from; i < to; i++)
            c[i] = Curvature(r[i], weights[i]);
    }

    public void AddCurvature(int from, int to, double[] r, Span<double> h, int stride)
    {
        for (int i = from; i < to; i++)
            h[0] += Curvature(r[i], weights[i]);
    }

    private static double Curvature(double residual, double weight) =>
        weight == 0 ? 0 : Math.Abs(residual) * (1 - Math.Abs(residual) / weight);
}
