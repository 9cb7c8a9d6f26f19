using System.Runtime.Intrinsics;
using Credence.Data;
using Credence.Numerics;

namespace Credence.Calibration;

/// <summary>Logits as scalings take them in, and the softmax of what comes out.</summary>
internal static class ScalingInput
{
    /// <summary>Each row less its maximum; −∞ as <see cref="DiagonalScalingLoss.Impossible"/>.</summary>
    public static double[] Shifted(Logits logits, int threads)
    {
        int classes = logits.Classes;
        double[] x = GC.AllocateUninitializedArray<double>(logits.Values.Length);
        var chunks = new RowChunks(logits.Rows, classes);
        Chunks.For(chunks.Count, threads, chunk =>
        {
            (int from, int to) = chunks[chunk];
            for (int row = from; row < to; row++)
                Shift(logits.Row(row), x.AsSpan(row * classes, classes));
        });
        return x;
    }

    private static void Shift(ReadOnlySpan<double> z, Span<double> x)
    {
        double max = Lanes.Max(z);
        Vector512<double> m = Vector512.Create(max), least = Vector512.Create(DiagonalScalingLoss.Impossible);
        int k = 0;
        for (; k <= z.Length - Lanes.Width; k += Lanes.Width)
            Lanes.Put(Vector512.Max(Lanes.At(z, k) - m, least), x, k);

        for (; k < z.Length; k++)
            x[k] = Math.Max(z[k] - max, DiagonalScalingLoss.Impossible);
    }

    /// <summary>ln softmax(z) of each row, raised to a least value where it is lower.</summary>
    public static double[] LogProbabilities(Logits logits, double least, int threads)
    {
        double[] x = GC.AllocateUninitializedArray<double>(logits.Values.Length);
        LogSoftmax.ForwardRows(logits.Values, logits.Classes, x, 1, threads);
        for (int i = 0; i < x.Length; i++)
            x[i] = Math.Max(x[i], least);

        return x;
    }

    /// <summary>softmax(w∘x + b), in which −∞ stays −∞.</summary>
    /// <param name="x">[rows, K]; −∞ as <see cref="DiagonalScalingLoss.Impossible"/>.</param>
    /// <param name="scales">One for all classes, or K.</param>
    /// <param name="biases">K.</param>
    /// <param name="threads">The most threads; 0 for one a core.</param>
    public static double[] Softmax(double[] x, double[] scales, double[] biases, int threads)
    {
        int classes = biases.Length;
        double[] t = GC.AllocateUninitializedArray<double>(x.Length);
        var chunks = new RowChunks(x.Length / classes, classes);
        Chunks.For(chunks.Count, threads, chunk =>
        {
            (int from, int to) = chunks[chunk];
            for (int row = from; row < to; row++)
                Scale(x.AsSpan(row * classes, classes), scales, biases, t.AsSpan(row * classes, classes));

            Span<double> rows = t.AsSpan(from * classes, (to - from) * classes);
            Numerics.Softmax.ForwardRows(rows, classes, rows);
        });
        return t;
    }

    /// <summary>w∘x + b.</summary>
    public static void Scale(ReadOnlySpan<double> x, ReadOnlySpan<double> scales, ReadOnlySpan<double> biases, Span<double> t)
    {
        Vector512<double> least = Vector512.Create(DiagonalScalingLoss.Impossible), none = Vector512.Create(double.NegativeInfinity), one = Vector512.Create(scales[0]);
        int k = 0;
        for (; k <= x.Length - Lanes.Width; k += Lanes.Width)
        {
            Vector512<double> v = Lanes.At(x, k);
            Vector512<double> value = Vector512.FusedMultiplyAdd(scales.Length == 1 ? one : Lanes.At(scales, k), v, Lanes.At(biases, k));
            Lanes.Put(Vector512.ConditionalSelect(Vector512.GreaterThan(v, least), value, none), t, k);
        }

        for (; k < x.Length; k++)
            t[k] = x[k] > DiagonalScalingLoss.Impossible ? Math.FusedMultiplyAdd(scales[scales.Length == 1 ? 0 : k], x[k], biases[k]) : double.NegativeInfinity;
    }
}
