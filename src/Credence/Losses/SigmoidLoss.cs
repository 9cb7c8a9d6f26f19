using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Credence.Data;
using Credence.Numerics;

namespace Credence.Losses;

/// <summary>
/// Σ_k −w·ln σ(±z_k): the binary cross-entropy of each class, + where the row has the class. With q the probability of the wrong answer
/// its residual is ∓w·q and its curvature w·q(1 − q); the classes are independent.
/// </summary>
/// <param name="truth">The classes of each row; those of a row with weight 0 are ignored.</param>
/// <param name="weights">One weight per row, summing to one.</param>
internal sealed class SigmoidLoss<T>(LabelSets truth, double[] weights) : IRowLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int classes = truth.Classes;

    public int Classes => classes;

    public bool IsShiftInvariant => false;

    public double Weight(int row) => weights[row];

    public double LossAndResidual(int from, int to, T[] z, double[] bias, T[] r, int stride)
    {
        Span<T> rows = r.AsSpan(from * stride, (to - from) * stride);
        T[] rented = ArrayPool<T>.Shared.Rent(rows.Length);
        Span<T> logs = rented.AsSpan(0, rows.Length);
        Span<T> shift = stackalloc T[Math.Min(stride, 1024)];
        if (stride > shift.Length)
            shift = new T[stride];
        for (int k = 0; k < stride; k++)
            shift[k] = T.CreateTruncating(bias[k]);

        ReadOnlySpan<int> starts = truth.Starts, indices = truth.Indices;
        ReadOnlySpan<T> scores = z.AsSpan(from * stride, rows.Length);
        for (int at = 0; at < rows.Length; at += stride)
        {
            for (int k = 0; k < stride; k++)
            {
                T score = scores[at + k] + shift[k];
                rows[at + k] = score;
                logs[at + k] = -score;
            }
        }

        for (int i = from, at = 0; i < to; i++, at += stride)
        {
            for (int e = starts[i]; e < starts[i + 1]; e++)
                (logs[at + indices[e]], rows[at + indices[e]]) = (rows[at + indices[e]], logs[at + indices[e]]);
        }

        Map(logs, rows);
        double total = 0;
        for (int i = from, at = 0; i < to; i++, at += stride)
        {
            double weight = weights[i], sum = 0;
            if (weight == 0)
            {
                rows.Slice(at, stride).Clear();
                continue;
            }

            T factor = T.CreateTruncating(weight);
            for (int k = 0; k < classes; k++)
            {
                sum += double.CreateTruncating(logs[at + k]);
                rows[at + k] *= factor;
            }

            total -= weight * sum;
            for (int e = starts[i]; e < starts[i + 1]; e++)
                rows[at + indices[e]] = -rows[at + indices[e]];
            for (int k = classes; k < stride; k++)
                rows[at + k] = T.Zero;
        }

        ArrayPool<T>.Shared.Return(rented);
        return total;
    }

    public double Conjugate(int from, int to, T[] r, double s, int stride)
    {
        double total = 0;
        for (int i = from; i < to; i++)
        {
            for (int k = 0; k < classes && weights[i] > 0; k++)
            {
                double q = s * Math.Abs(double.CreateTruncating(r[i * stride + k])) / weights[i];
                total += weights[i] * (SoftmaxLoss<T>.Share(q) + SoftmaxLoss<T>.Share(1 - q));
            }
        }

        return total;
    }

    public void Curvature(int from, int to, T[] r, Span<T> diagonal, Span<T> rank, int stride)
    {
        rank.Clear();
        for (int i = from; i < to; i++)
        {
            Span<T> row = diagonal.Slice((i - from) * stride, stride);
            for (int k = 0; k < stride; k++)
            {
                double mass = Math.Abs(double.CreateTruncating(r[i * stride + k]));
                row[k] = T.CreateTruncating(weights[i] == 0 ? 0 : mass * (1 - mass / weights[i]));
            }
        }
    }

    /// <summary>Replaces the first by ln σ and the second by σ, in place.</summary>
    private static void Map(Span<T> logs, Span<T> others)
    {
        if (typeof(T) == typeof(float))
        {
            LogSigmoid.Apply(MemoryMarshal.Cast<T, float>(logs), MemoryMarshal.Cast<T, float>(logs));
            Sigmoid.Apply(MemoryMarshal.Cast<T, float>(others), MemoryMarshal.Cast<T, float>(others));
        }
        else
        {
            LogSigmoid.Apply(MemoryMarshal.Cast<T, double>(logs), MemoryMarshal.Cast<T, double>(logs));
            Sigmoid.Apply(MemoryMarshal.Cast<T, double>(others), MemoryMarshal.Cast<T, double>(others));
        }
    }
}
