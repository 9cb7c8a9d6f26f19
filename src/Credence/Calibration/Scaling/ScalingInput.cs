using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration.Scaling;

/// <summary>The input of scalings, and the softmax of their output.</summary>
internal static class ScalingInput
{
    /// <summary>Each of some rows less its maximum; −∞ as <see cref="DiagonalScalingLoss.Impossible"/>.</summary>
    public static void Shift(Logits logits, int from, int to, Span<double> x)
    {
        for (int row = from; row < to; row++)
        {
            ReadOnlySpan<double> z = logits.Row(row);
            DoubleVectors.ShiftAtLeast(z, DoubleVectors.Max(z), DiagonalScalingLoss.Impossible,
                x.Slice((row - from) * logits.Classes, logits.Classes));
        }
    }

    /// <summary>A scale times x, in which −∞ stays −∞.</summary>
    public static void Multiply(double scale, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = x[i] <= DiagonalScalingLoss.Impossible ? x[i] : x[i] * scale;
    }

    /// <summary>ln softmax(z) of each row, raised to a least value where it is lower.</summary>
    public static double[] LogProbabilities(Logits logits, double least, int maxThreads) =>
        RowBlocks.Whole(logits, maxThreads, (from, to, x) => LogProbabilities(logits, from, to, least, x));

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
    public static void Scale(ReadOnlySpan<double> x, ReadOnlySpan<double> scales, ReadOnlySpan<double> biases, Span<double> t) =>
        DiagonalScaling.Forward(x, scales, biases, DiagonalScalingLoss.Impossible, t);
}
