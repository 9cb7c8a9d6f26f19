using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Credence.Numerics;

namespace Credence.Training.Objectives;

/// <summary>
/// The cross-entropy of the softmax of two classes as a function of s = z₁ − z₀ alone: −w·ln σ(±s), the sign that of the label. With q the
/// probability of the other class its residual is ∓w·q, its curvature w·q(1 − q). An eighth of the work of two padded scores.
/// </summary>
/// <param name="labels">0 or 1 for each row; that of a row without weight is not looked at.</param>
/// <param name="weights">A weight a row, adding up to one.</param>
internal sealed class LogisticLoss<T>(int[] labels, double[] weights) : IRowLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Classes => 1;

    public bool IsShiftInvariant => false;

    public double Weight(int row) => weights[row];

    public double LossAndResidual(int from, int to, T[] z, double[] bias, T[] r, int stride)
    {
        Span<T> rows = r.AsSpan(from, to - from);
        T[] rented = ArrayPool<T>.Shared.Rent(rows.Length);
        Span<T> logs = rented.AsSpan(0, rows.Length);
        T shift = T.CreateTruncating(bias[0]);
        for (int i = 0; i < rows.Length; i++)
        {
            T score = z[from + i] + shift;
            logs[i] = labels[from + i] == 1 ? score : -score;
            rows[i] = -logs[i];
        }

        Map(logs, rows);
        double total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double weight = weights[from + i];
            if (weight == 0)
            {
                rows[i] = T.Zero;
                continue;
            }

            total -= weight * double.CreateTruncating(logs[i]);
            rows[i] *= T.CreateTruncating(labels[from + i] == 1 ? -weight : weight);
        }

        ArrayPool<T>.Shared.Return(rented);
        return total;
    }

    public void Curvature(int from, int to, T[] r, Span<T> diagonal, Span<T> rank, int stride)
    {
        rank.Clear();
        for (int i = from; i < to; i++)
        {
            double mass = Math.Abs(double.CreateTruncating(r[i]));
            diagonal[i - from] = T.CreateTruncating(weights[i] == 0 ? 0 : mass * (1 - mass / weights[i]));
        }
    }

    /// <summary>ln σ of the one, σ of the other, in place.</summary>
    private static void Map(Span<T> logs, Span<T> others)
    {
        if (typeof(T) == typeof(float))
        {
            LogSigmoid.Map(MemoryMarshal.Cast<T, float>(logs), MemoryMarshal.Cast<T, float>(logs));
            Sigmoid.Map(MemoryMarshal.Cast<T, float>(others), MemoryMarshal.Cast<T, float>(others));
        }
        else
        {
            LogSigmoid.Map(MemoryMarshal.Cast<T, double>(logs), MemoryMarshal.Cast<T, double>(logs));
            Sigmoid.Map(MemoryMarshal.Cast<T, double>(others), MemoryMarshal.Cast<T, double>(others));
        }
    }
}
