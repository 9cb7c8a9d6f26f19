namespace Credence.Numerics;

/// <summary>The natural logarithm, with the same bits on every machine.</summary>
/// <remarks>
/// x = 2^k·(1 + f) with 1 + f from √½ to √2; s = f / (2 + f); ln(1 + f) = 2s + s·R(s²) (the method of FreeBSD's e_log.c, 1993).
/// At most 1 ulp from the exact value.
/// </remarks>
public static class Log
{
    /// <summary>The natural logarithm of <paramref name="x"/>: −∞ for 0, NaN below 0 and for NaN.</summary>
    public static float Compute(float x) => LaneMap.One<float, LogMap<float>>(x);

    /// <summary>The natural logarithm of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => LaneMap.Apply<float, LogMap<float>>(x, y);

    /// <summary>The natural logarithm of <paramref name="x"/>: −∞ for 0, NaN below 0 and for NaN.</summary>
    public static double Compute(double x) => LaneMap.One<double, LogMap<double>>(x);

    /// <summary>The natural logarithm of each element of <paramref name="x"/>.</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="y">At least as long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> at an offset.</exception>
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => LaneMap.Apply<double, LogMap<double>>(x, y);
}
