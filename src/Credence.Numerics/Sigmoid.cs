namespace Credence.Numerics;

/// <summary>The logistic function 1 / (1 + e^−x): the softmax of two classes whose logits differ by x.</summary>
public static class Sigmoid
{
    /// <summary>1 / (1 + e^−<paramref name="x"/>), without overflow; NaN gives NaN.</summary>
    public static float Compute(float x)
    {
        float e = Exp.Compute(-MathF.Abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /// <summary>The logistic function of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Map(ReadOnlySpan<float> x, Span<float> y)
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Shape.SameOrApart(x, y[..x.Length], nameof(y));
        for (int i = 0; i < x.Length; i++)
            y[i] = Compute(x[i]);
    }

    /// <summary>1 / (1 + e^−<paramref name="x"/>), without overflow; NaN gives NaN.</summary>
    public static double Compute(double x)
    {
        double e = Exp.Compute(-Math.Abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /// <summary>The logistic function of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Map(ReadOnlySpan<double> x, Span<double> y)
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Shape.SameOrApart(x, y[..x.Length], nameof(y));
        for (int i = 0; i < x.Length; i++)
            y[i] = Compute(x[i]);
    }
}
