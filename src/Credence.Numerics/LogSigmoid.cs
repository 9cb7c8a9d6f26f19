namespace Credence.Numerics;

/// <summary>The logarithm of the logistic function: −ln(1 + e^−x), finite where the function itself underflows.</summary>
public static class LogSigmoid
{
    /// <summary>min(<paramref name="x"/>, 0) − ln(1 + e^−|<paramref name="x"/>|); NaN gives NaN.</summary>
    public static float Compute(float x)
    {
        double e = Exp.Compute(-Math.Abs((double)x));
        double u = 1 + e;
        // ln(1 + e) for small e: the rounding of 1 + e is made good (W. Kahan; HP-15C Advanced Functions Handbook, 1982).
        double log1p = u == 1 ? e : Log.Compute(u) * (e / (u - 1));
        return (float)(Math.Min((double)x, 0) - log1p);
    }

    /// <summary>The logarithm of the logistic function of each element of <paramref name="x"/>.</summary>
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

    /// <summary>min(<paramref name="x"/>, 0) − ln(1 + e^−|<paramref name="x"/>|); NaN gives NaN.</summary>
    public static double Compute(double x)
    {
        double e = Exp.Compute(-Math.Abs((double)x));
        double u = 1 + e;
        // ln(1 + e) for small e: the rounding of 1 + e is made good (W. Kahan; HP-15C Advanced Functions Handbook, 1982).
        double log1p = u == 1 ? e : Log.Compute(u) * (e / (u - 1));
        return (double)(Math.Min((double)x, 0) - log1p);
    }

    /// <summary>The logarithm of the logistic function of each element of <paramref name="x"/>.</summary>
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
