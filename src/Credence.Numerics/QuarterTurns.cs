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

    /// <summary>The sine on ±π/4 (coefficients of FreeBSD's k_sin.c, 1993).</summary>
    public static double SineSeries(double x)
    {
        double z = x * x;
        double p = 1.58969099521155010221e-10;
        ReadOnlySpan<double> coefficients =
        [
            -2.50507602534068634195e-08, 2.75573137070700676789e-06, -1.98412698298579493134e-04, 8.33333333332248946124e-03,
            -1.66666666666666324348e-01,
        ];
        foreach (double coefficient in coefficients)
            p = Math.FusedMultiplyAdd(p, z, coefficient);
        return Math.FusedMultiplyAdd(x * z, p, x);
    }

    /// <summary>The cosine on ±π/4 (coefficients of FreeBSD's k_cos.c, 1993).</summary>
    public static double CosineSeries(double x)
    {
        double z = x * x;
        double p = -1.13596475577881948265e-11;
        ReadOnlySpan<double> coefficients =
        [
            2.08757232129817482790e-09, -2.75573143513906633035e-07, 2.48015872894767294178e-05, -1.38888888888741095749e-03,
            4.16666666666666019037e-02,
        ];
        foreach (double coefficient in coefficients)
            p = Math.FusedMultiplyAdd(p, z, coefficient);
        double half = 0.5 * z;
        double rounded = 1 - half;
        return rounded + (1 - rounded - half + (z * z * p));
    }
}
