namespace Credence.Numerics;

/// <summary>The exponential function, with the same bits on every machine.</summary>
/// <remarks>
/// x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^r by a minimax polynomial; scaled by 2^n (W. J. Cody, W. Waite, Software Manual for the Elementary
/// Functions, 1980). At most 1 ulp from the exact value.
/// </remarks>
public static class Exp
{
    /// <summary>e to the power of <paramref name="x"/>; NaN gives NaN.</summary>
    public static float Compute(float x) => LaneMap.One<float, ExpMap<float>>(x);

    /// <summary>e to the power of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The exponents.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => LaneMap.Apply<float, ExpMap<float>>(x, y);

    /// <summary>e to the power of <paramref name="x"/>; NaN gives NaN.</summary>
    public static double Compute(double x) => LaneMap.One<double, ExpMap<double>>(x);

    /// <summary>e to the power of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The exponents.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => LaneMap.Apply<double, ExpMap<double>>(x, y);
}
