using Credence.Data;
using Credence.Numerics;

namespace Credence.Calibration;

/// <summary>Logits as scalings take them in, and the softmax of what comes out.</summary>
internal static class ScalingInput
{
    /// <summary>Each row less its maximum; −∞ as <see cref="DiagonalScalingLoss.Impossible"/>.</summary>
    public static double[] Shifted(Logits logits)
    {
        double[] x = logits.Values.ToArray();
        for (int row = 0; row < logits.Rows; row++)
        {
            Span<double> z = x.AsSpan(row * logits.Classes, logits.Classes);
            double max = Lanes.Max(z);
            for (int k = 0; k < z.Length; k++)
                z[k] = Math.Max(z[k] - max, DiagonalScalingLoss.Impossible);
        }

        return x;
    }

    /// <summary>ln softmax(z) of each row, raised to a least value where it is lower.</summary>
    public static double[] LogProbabilities(Logits logits, double least, int threads)
    {
        var x = new double[logits.Values.Length];
        LogSoftmax.ForwardRows(logits.Values, logits.Classes, x, 1, threads);
        for (int i = 0; i < x.Length; i++)
            x[i] = Math.Max(x[i], least);

        return x;
    }

    /// <summary>softmax(w∘x + b), in which −∞ stays −∞.</summary>
    public static Probabilities Softmax(ReadOnlySpan<double> x, int classes, Func<int, double> scale, ReadOnlySpan<double> biases, int threads)
    {
        var t = new double[x.Length];
        for (int start = 0; start < t.Length; start += classes)
        {
            for (int k = 0; k < classes; k++)
            {
                double z = x[start + k];
                t[start + k] = z <= DiagonalScalingLoss.Impossible ? double.NegativeInfinity : Math.FusedMultiplyAdd(scale(k), z, biases[k]);
            }
        }

        Numerics.Softmax.ForwardRows(t, classes, t, 1, threads);
        return new Probabilities(t, classes);
    }
}
