using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The shared parts of sine and cosine: reduction by the nearest multiple of π/2, and the two series on ±π/4.</summary>
internal static class QuarterTurns
{
    private const double High = 1.5707963267948966;
    private const double Middle = 6.123233995736766e-17;
    private const double Low = -1.4973849048591833e-33;

    /// <summary>x = n·π/2 + rest; returns n modulo 4.</summary>
    public static int Reduce(double x, out double rest)
    {
        double n = Math.Round(x * (2 / Math.PI));
        rest = Math.FusedMultiplyAdd(n, -Low, Math.FusedMultiplyAdd(n, -Middle, Math.FusedMultiplyAdd(n, -High, x)));
        return (int)((long)n & 3);
    }

    /// <summary>Sine and cosine of angles below 2^20 in magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Sine, V Cosine) Both<V>(V x)
        where V : struct, ILanes<V, double>
    {
        // Adding 1.5·2^52 rounds to an integer, whose last bits remain in the fraction.
        V rounding = V.Constant(ExpLanes.Rounding<double>());
        V shifted = (x * V.Constant(2 / Math.PI)) + rounding, n = shifted - rounding;
        V rest = V.Fma(n, V.Constant(-High), x);
        rest = V.Fma(n, V.Constant(-Middle), rest);
        rest = V.Fma(n, V.Constant(-Low), rest);
        V sine = SineSeries(rest), cosine = CosineSeries(rest);
        V two = V.FromBits(2), odd = V.BitsAbove(V.Constant(0), V.ShiftLeft(shifted, 63));
        V sineSign = V.ShiftLeft(shifted & two, 62), cosineSign = V.ShiftLeft(V.AddBits(shifted, V.FromBits(1)) & two, 62);
        return (V.Select(odd, cosine, sine) ^ sineSign, V.Select(odd, sine, cosine) ^ cosineSign);
    }

    /// <summary>The sine on ±π/4.</summary>
    public static double SineSeries(double x) => SineSeries(OneLane<double>.Create(x)).First;

    /// <summary>The cosine on ±π/4.</summary>
    public static double CosineSeries(double x) => CosineSeries(OneLane<double>.Create(x)).First;

    // Coefficients of FreeBSD's k_sin.c (1993).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SineSeries<V>(V x)
        where V : struct, ILanes<V, double>
    {
        V z = x * x;
        V p = V.Constant(1.58969099521155010221e-10);
        p = V.Fma(p, z, V.Constant(-2.50507602534068634195e-08));
        p = V.Fma(p, z, V.Constant(2.75573137070700676789e-06));
        p = V.Fma(p, z, V.Constant(-1.98412698298579493134e-04));
        p = V.Fma(p, z, V.Constant(8.33333333332248946124e-03));
        p = V.Fma(p, z, V.Constant(-1.66666666666666324348e-01));
        return V.Fma(x * z, p, x);
    }

    // Coefficients of FreeBSD's k_cos.c (1993).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosineSeries<V>(V x)
        where V : struct, ILanes<V, double>
    {
        V z = x * x;
        V p = V.Constant(-1.13596475577881948265e-11);
        p = V.Fma(p, z, V.Constant(2.08757232129817482790e-09));
        p = V.Fma(p, z, V.Constant(-2.75573143513906633035e-07));
        p = V.Fma(p, z, V.Constant(2.48015872894767294178e-05));
        p = V.Fma(p, z, V.Constant(-1.38888888888741095749e-03));
        p = V.Fma(p, z, V.Constant(4.16666666666666019037e-02));
        V one = V.Constant(1), half = V.Constant(0.5) * z, rounded = one - half;
        return rounded + (one - rounded - half + (z * z * p));
    }
}
