using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>What sine and cosine share: the nearest multiple of π/2, the rest, and the two series on ±π/4.</summary>
internal static class QuarterTurns
{
    private const double High = 1.5707963267948966;
    private const double Middle = 6.123233995736766e-17;
    private const double Low = -1.4973849048591833e-33;

    /// <summary>x = n·π/2 + rest; gives n modulo 4.</summary>
    public static int Reduce(double x, out double rest)
    {
        double n = Math.Round(x * (2 / Math.PI));
        rest = Math.FusedMultiplyAdd(n, -Low, Math.FusedMultiplyAdd(n, -Middle, Math.FusedMultiplyAdd(n, -High, x)));
        return (int)((long)n & 3);
    }

    /// <summary>Sine and cosine of angles below 2^20 in magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> Sine, Vector512<double> Cosine) Both(Vector512<double> x)
    {
        // 1.5·2^52 rounds to a whole number, whose last bits stay in sight.
        Vector512<double> magic = Vector512.Create(6755399441055744.0);
        Vector512<double> shifted = (x * Vector512.Create(2 / Math.PI)) + magic, n = shifted - magic;
        Vector512<double> rest = Vector512.FusedMultiplyAdd(n, Vector512.Create(-High), x);
        rest = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Middle), rest);
        rest = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Low), rest);
        Vector512<double> sine = SineSeries(rest), cosine = CosineSeries(rest);
        Vector512<long> quarter = shifted.AsInt64();
        Vector512<double> odd = Vector512.Equals(quarter & Vector512<long>.One, Vector512<long>.One).AsDouble();
        Vector512<double> sineSign = ((quarter & Vector512.Create(2L)) << 62).AsDouble();
        Vector512<double> cosineSign = (((quarter + Vector512<long>.One) & Vector512.Create(2L)) << 62).AsDouble();
        return (Vector512.ConditionalSelect(odd, cosine, sine) ^ sineSign, Vector512.ConditionalSelect(odd, sine, cosine) ^ cosineSign);
    }

    /// <summary>The sine on ±π/4.</summary>
    public static double SineSeries(double x) => SineSeries(Vector512.Create(x)).ToScalar();

    /// <summary>The cosine on ±π/4.</summary>
    public static double CosineSeries(double x) => CosineSeries(Vector512.Create(x)).ToScalar();

    // Coefficients of FreeBSD's k_sin.c (1993).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SineSeries(Vector512<double> x)
    {
        Vector512<double> z = x * x;
        Vector512<double> p = Vector512.Create(1.58969099521155010221e-10);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-2.50507602534068634195e-08));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.75573137070700676789e-06));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-1.98412698298579493134e-04));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(8.33333333332248946124e-03));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-1.66666666666666324348e-01));
        return Vector512.FusedMultiplyAdd(x * z, p, x);
    }

    // Coefficients of FreeBSD's k_cos.c (1993).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> CosineSeries(Vector512<double> x)
    {
        Vector512<double> z = x * x;
        Vector512<double> p = Vector512.Create(-1.13596475577881948265e-11);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.08757232129817482790e-09));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-2.75573143513906633035e-07));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.48015872894767294178e-05));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-1.38888888888741095749e-03));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(4.16666666666666019037e-02));
        Vector512<double> half = Vector512.Create(0.5) * z, rounded = Vector512<double>.One - half;
        return rounded + (Vector512<double>.One - rounded - half + (z * z * p));
    }
}
