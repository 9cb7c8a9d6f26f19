using System.Runtime.Intrinsics;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration.Scaling;

/// <summary>Logits as scalings take them in, and the softmax of what comes out.</summary>
internal static class ScalingInput
{
    /// <summary>Each of some rows less its maximum; −∞ as <see cref="DiagonalScalingLoss.Impossible"/>.</summary>
    public static void Shift(Logits logits, int from, int to, Span<double> x)
    {
        for (int row = from; row < to; row++)
            Shift(logits.Row(row), x.Slice((row - from) * logits.Classes, logits.Classes));
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

    /// <summary>A scale times x, in which −∞ stays −∞.</summary>
    public static void Multiply(double scale, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = x[i] <= DiagonalScalingLoss.Impossible ? x[i] : x[i] * scale;
    }

    /// <summary>ln softmax(z) of each row, raised to a least value where it is lower.</summary>
    public static double[] LogProbabilities(Logits logits, double least, int threads) =>
        RowBlocks.Whole(logits, threads, (from, to, x) => LogProbabilities(logits, from, to, least, x));

    /// <summary>The same of some rows.</summary>
    public static void LogProbabilities(Logits logits, int from, int to, double least, Span<double> x)
    {
        LogSoftmax.ForwardRows(logits.Block(from, to, x), logits.Classes, x);
        for (int i = 0; i < x.Length; i++)
            x[i] = Math.Max(x[i], least);
    }

    /// <summary>softmax(w∘x + b) in place of x, in which −∞ stays −∞.</summary>
    /// <param name="x">[rows, K]; −∞ as <see cref="DiagonalScalingLoss.Impossible"/>.</param>
    /// <param name="scales">One for all classes, or K.</param>
    /// <param name="biases">K.</param>
    public static void Softmax(Span<double> x, ReadOnlySpan<double> scales, ReadOnlySpan<double> biases)
    {
        int classes = biases.Length;
        for (int from = 0; from < x.Length; from += classes)
            Scale(x.Slice(from, classes), scales, biases, x.Slice(from, classes));

        Numerics.Softmax.ForwardRows(x, classes, x);
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
