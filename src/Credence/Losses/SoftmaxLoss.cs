using System.Numerics;
using System.Runtime.InteropServices;
using Credence.Numerics;

namespace Credence.Losses;

/// <summary>w·(lse(z) − z_y): the cross-entropy of the softmax. With p = softmax(z) its residual is r = w(p − e_y), its curvature w(diag p
/// − ppᵀ).</summary>
/// <param name="labels">The class of each row; that of a row with weight 0 is ignored.</param>
/// <param name="weights">One weight per row, summing to one.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class SoftmaxLoss<T>(int[] labels, double[] weights, int classes) : IRowLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Probabilities above it have full precision.</summary>
    private static readonly T Underflow = T.CreateTruncating(typeof(T) == typeof(float) ? 1e-30 : 1e-290);

    public int Classes => classes;

    public bool IsShiftInvariant => true;

    public double Weight(int row) => weights[row];

    public double LossAndResidual(int from, int to, T[] z, double[] bias, T[] r, int stride)
    {
        Span<T> shift = stackalloc T[Math.Min(stride, 1024)];
        if (stride > shift.Length)
            shift = new T[stride];
        for (int k = 0; k < stride; k++)
            shift[k] = T.CreateTruncating(bias[k]);

        // A row's padding is −∞, whose probability is 0.
        for (int i = from; i < to; i++)
        {
            ReadOnlySpan<T> scores = z.AsSpan(i * stride, stride);
            Span<T> row = r.AsSpan(i * stride, stride);
            for (int k = 0; k < classes; k++)
                row[k] = scores[k] + shift[k];
            row[classes..].Fill(T.NegativeInfinity);
        }

        Span<T> rows = r.AsSpan(from * stride, (to - from) * stride);
        Probabilities(rows, stride);
        double total = 0;
        for (int i = from; i < to; i++)
        {
            double weight = weights[i];
            Span<T> row = r.AsSpan(i * stride, stride);
            if (weight == 0)
            {
                row.Clear();
                continue;
            }

            T p = row[labels[i]];
            total += weight * (p > Underflow ? -Log.Compute(double.CreateTruncating(p))
                : LossOfUnlikely(z.AsSpan(i * stride, classes), bias, labels[i]));
            T factor = T.CreateTruncating(weight);
            Vectors.Scale(factor, row);
            row[labels[i]] -= factor;
        }

        return total;
    }

    public double Conjugate(int from, int to, T[] r, double s, int stride)
    {
        double total = 0;
        for (int i = from; i < to; i++)
        {
            double weight = weights[i];
            if (weight == 0)
                continue;
            for (int k = 0; k < classes; k++)
                total += weight * Share((k == labels[i] ? 1 : 0) + s * double.CreateTruncating(r[i * stride + k]) / weight);
        }

        return total;
    }

    /// <summary>a·ln a, the term of a probability in the negative entropy.</summary>
    internal static double Share(double a) => a > 0 ? a * Log.Compute(a) : 0;

    public void Curvature(int from, int to, T[] r, Span<T> diagonal, Span<T> rank, int stride)
    {
        r.AsSpan(from * stride, (to - from) * stride).CopyTo(diagonal);
        for (int i = from; i < to; i++)
        {
            // r is w·p, except at the label, where it is w·p − w.
            double weight = weights[i];
            Span<T> mass = diagonal.Slice((i - from) * stride, stride), scaled = rank.Slice((i - from) * stride, stride);
            if (weight > 0)
                mass[labels[i]] += T.CreateTruncating(weight);
            mass.CopyTo(scaled);
            Vectors.Scale(T.CreateTruncating(weight > 0 ? 1 / Math.Sqrt(weight) : 0), scaled);
        }
    }

    private double LossOfUnlikely(ReadOnlySpan<T> scores, double[] bias, int label)
    {
        var z = new double[classes];
        for (int k = 0; k < classes; k++)
            z[k] = double.CreateTruncating(scores[k]) + bias[k];
        return LogSumExp.Compute(z) - z[label];
    }

    private static void Probabilities(Span<T> rows, int stride)
    {
        if (typeof(T) == typeof(float))
            Softmax.ForwardRows(MemoryMarshal.Cast<T, float>(rows), stride, MemoryMarshal.Cast<T, float>(rows));
        else
            Softmax.ForwardRows(MemoryMarshal.Cast<T, double>(rows), stride, MemoryMarshal.Cast<T, double>(rows));
    }
}
