using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Credence.Numerics;
using Credence.Training.Optimization;

namespace Credence.Training.Objectives;

/// <summary>w·(lse(z) − z_y): the cross-entropy of the softmax. With p = softmax(z) its residual is r = w(p − e_y), its curvature w(diag p − ppᵀ).</summary>
/// <param name="labels">The class of each row; that of a row without weight is not looked at.</param>
/// <param name="weights">A weight a row, adding up to one.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class SoftmaxLoss<T>(int[] labels, double[] weights, int classes) : IRowLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 128;

    /// <summary>Probabilities above have all their digits.</summary>
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

        // What pads a row stands at −∞, whose probability is 0.
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
            total += weight * (p > Underflow ? -Log.Compute(double.CreateTruncating(p)) : LossOfUnlikely(z.AsSpan(i * stride, classes), bias, labels[i]));
            T factor = T.CreateTruncating(weight);
            Vectors.Scale(factor, row);
            row[labels[i]] -= factor;
        }

        return total;
    }

    public void AddCurvature(int from, int to, T[] r, Span<double> h, int stride)
    {
        T[] masses = ArrayPool<T>.Shared.Rent(Block * stride), scaled = ArrayPool<T>.Shared.Rent(Block * stride), product = ArrayPool<T>.Shared.Rent(stride * stride);
        for (int start = from; start < to; start += Block)
        {
            int rows = Math.Min(Block, to - start);
            for (int i = 0; i < rows; i++)
            {
                // r is w·p, but for the label, where it is w·p − w.
                double weight = weights[start + i];
                Span<T> mass = masses.AsSpan(i * stride, stride), share = scaled.AsSpan(i * stride, stride);
                r.AsSpan((start + i) * stride, stride).CopyTo(mass);
                if (weight > 0)
                    mass[labels[start + i]] += T.CreateTruncating(weight);
                mass.CopyTo(share);
                Vectors.Scale(T.CreateTruncating(weight > 0 ? 1 / weight : 0), share);
                for (int k = 0; k < classes; k++)
                    h[k * stride + k] += double.CreateTruncating(mass[k]);
            }

            Span<T> outer = product.AsSpan(0, stride * stride);
            MultiplyTransposed(masses.AsSpan(0, rows * stride), scaled.AsSpan(0, rows * stride), outer, stride, rows);
            for (int e = 0; e < outer.Length; e++)
                h[e] -= double.CreateTruncating(outer[e]);
        }

        ArrayPool<T>.Shared.Return(masses);
        ArrayPool<T>.Shared.Return(scaled);
        ArrayPool<T>.Shared.Return(product);
    }

    public double CurvatureAlong(int from, int to, T[] r, T[] d, int stride)
    {
        double total = 0;
        for (int i = from; i < to; i++)
        {
            double weight = weights[i];
            if (weight == 0)
                continue;

            ReadOnlySpan<T> residual = r.AsSpan(i * stride, stride), direction = d.AsSpan(i * stride, stride);
            double first = 0, second = 0, atLabel = double.CreateTruncating(direction[labels[i]]);
            for (int k = 0; k < classes; k++)
            {
                double mass = double.CreateTruncating(residual[k]) + (k == labels[i] ? weight : 0), change = double.CreateTruncating(direction[k]) - atLabel;
                first += mass * change;
                second += mass * change * change;
            }

            total += second - first * first / weight;
        }

        return total;
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

    private static void MultiplyTransposed(Span<T> a, Span<T> b, Span<T> c, int stride, int rows)
    {
        if (typeof(T) == typeof(float))
            MatrixProduct.MultiplyTransposedLeft(MemoryMarshal.Cast<T, float>(a), MemoryMarshal.Cast<T, float>(b), MemoryMarshal.Cast<T, float>(c), stride, rows, stride);
        else
            MatrixProduct.MultiplyTransposedLeft(MemoryMarshal.Cast<T, double>(a), MemoryMarshal.Cast<T, double>(b), MemoryMarshal.Cast<T, double>(c), stride, rows, stride);
    }
}
