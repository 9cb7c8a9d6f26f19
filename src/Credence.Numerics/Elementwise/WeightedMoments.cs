using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Σ w, Σ w·x and Σ w·x².</summary>
/// <param name="Weight">Σ w.</param>
/// <param name="First">Σ w·x.</param>
/// <param name="Second">Σ w·x².</param>
internal readonly record struct WeightedMoments(double Weight, double First, double Second)
{
    /// <summary>Computes the moments, in eight lanes as <see cref="DoubleVectors"/> adds, without fused multiply-add; NaN
    /// propagates.</summary>
    /// <param name="weights">w.</param>
    /// <param name="x">x, at least as long.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> is shorter than <paramref name="weights"/>.</exception>
    public static WeightedMoments Compute(ReadOnlySpan<double> weights, ReadOnlySpan<double> x)
    {
        Shape.AtLeast(x.Length, weights.Length, nameof(x));
        Vector512<double> v0 = default, v1 = default, v2 = default;
        int k = 0;
        for (; k <= weights.Length - DoubleVectors.Width; k += DoubleVectors.Width)
        {
            Vector512<double> value = DoubleVectors.At(x, k), w = DoubleVectors.At(weights, k), product = value * w;
            v0 += w;
            v1 += product;
            v2 += product * value;
        }

        double s0 = DoubleVectors.Fold(v0), s1 = DoubleVectors.Fold(v1), s2 = DoubleVectors.Fold(v2);
        for (; k < weights.Length; k++)
        {
            s0 += weights[k];
            s1 += weights[k] * x[k];
            s2 += weights[k] * x[k] * x[k];
        }

        return new WeightedMoments(s0, s1, s2);
    }
}
