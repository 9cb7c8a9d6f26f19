using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The natural logarithm on the lanes of a vector.</summary>
/// <remarks>
/// x = 2^k·(1 + f) with 1 + f from √½ to √2; s = f / (2 + f); ln(1 + f) = f − (f²/2 − s·(f²/2 + R(s²))) (method and coefficients of
/// FreeBSD's e_log.c and e_logf.c, 1993).
/// </remarks>
internal static class LogLanes
{
    /// <summary>ln x for every x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Full<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        bool single = typeof(T) == typeof(float);
        V small = V.LessThan(x, V.Constant(single ? 1.1754943508222875e-38 : 2.2250738585072014e-308));
        V normal = V.Select(small, x * V.Constant(single ? 33554432.0 : 18014398509481984.0), x);
        V log = Normal<V, T>(normal, small & V.Constant(single ? -25 : -54));
        V infinity = V.Constant(double.PositiveInfinity), zero = V.Constant(0);
        log = V.Select(V.Equal(x, infinity), x, log);
        log = V.Select(V.Equal(x, zero), V.Constant(double.NegativeInfinity), log);
        return V.Select(V.LessThan(x, zero) | V.AndNot(V.FromBits(-1), V.Equal(x, x)), V.Constant(double.NaN), log);
    }

    /// <summary>ln x + <paramref name="exponent"/>·ln 2, for x positive, normal and finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normal<V, T>(V x, V exponent)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        bool single = typeof(T) == typeof(float);
        long root = single ? 0x3F3504F3 : 0x3FE6A09E667F3BCD, unit = single ? 0x3F800000 : 0x3FF0000000000000;
        double carrier = single ? 8388608.0 : 4503599627370496.0;

        // An integer below 2^23 (2^52) in the fraction of 2^23 (2^52) is converted by a subtraction.
        V bits = V.AddBits(x, V.FromBits(unit - root));
        V k = (V.ShiftRight(bits, ExpLanes.Fraction<T>()) | V.Constant(carrier)) - V.Constant(carrier + (single ? 127 : 1023)) + exponent;
        V f = V.AddBits(bits & V.FromBits(single ? 0x7FFFFF : 0xFFFFFFFFFFFFF), V.FromBits(root)) - V.Constant(1);
        V s = f / (f + V.Constant(2));
        V z = s * s, r;
        if (single)
        {
            r = V.Fma(z, V.Constant(0.24279078841), V.Constant(0.28498786688));
            r = V.Fma(r, z, V.Constant(0.40000972152));
            r = V.Fma(r, z, V.Constant(0.66666662693));
        }
        else
        {
            r = V.Fma(z, V.Constant(1.479819860511658591e-01), V.Constant(1.531383769920937332e-01));
            r = V.Fma(r, z, V.Constant(1.818357216161805012e-01));
            r = V.Fma(r, z, V.Constant(2.222219843214978396e-01));
            r = V.Fma(r, z, V.Constant(2.857142874366239149e-01));
            r = V.Fma(r, z, V.Constant(3.999999999940941908e-01));
            r = V.Fma(r, z, V.Constant(6.666666666666735130e-01));
        }

        V half = V.Constant(0.5) * f * f;
        V low = V.Fma(s, V.Fma(r, z, half), k * V.Constant(single ? 9.0580006145e-06 : 1.90821492927058770002e-10));
        return V.Fma(k, V.Constant(single ? 6.9313812256e-01 : 6.93147180369123816490e-01), f - (half - low));
    }
}
