using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The natural logarithm on 16 float or 8 double lanes.</summary>
/// <remarks>
/// x = 2^k·(1 + f) with 1 + f from √½ to √2; s = f / (2 + f); ln(1 + f) = f − (f²/2 − s·(f²/2 + R(s²))) (method and coefficients of FreeBSD's
/// e_log.c and e_logf.c, 1993).
/// </remarks>
internal static class LogLanes
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>ln x for every x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Full<T>(Vector512<T> x) => typeof(T) == typeof(float)
        ? Full(x.As<T, float>()).As<float, T>()
        : Full(x.As<T, double>()).As<double, T>();

    /// <summary>ln x as the exact k·Ln2High and a rest not above ½, for x positive, normal and finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Split(Vector512<double> x, Vector512<double> extraExponent, out Vector512<double> rest)
    {
        Vector512<ulong> bits = x.AsUInt64() + Vector512.Create(0x3FF0000000000000UL - 0x3FE6A09E667F3BCDUL);
        // An integer below 2^52 laid into the mantissa of 2^52 is converted by a subtraction.
        Vector512<double> k = ((bits >>> 52) | Vector512.Create(0x4330000000000000UL)).AsDouble() - Vector512.Create(4503599627370496.0 + 1023);
        k += extraExponent;
        Vector512<ulong> mantissa = (bits & Vector512.Create(0xFFFFFFFFFFFFFUL)) + Vector512.Create(0x3FE6A09E667F3BCDUL);
        Vector512<double> f = mantissa.AsDouble() - Vector512<double>.One;
        Vector512<double> s = f / (f + Vector512.Create(2.0));
        Vector512<double> z = s * s;
        Vector512<double> r = Vector512.FusedMultiplyAdd(z, Vector512.Create(1.479819860511658591e-01), Vector512.Create(1.531383769920937332e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(1.818357216161805012e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.222219843214978396e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(2.857142874366239149e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(3.999999999940941908e-01));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(6.666666666666735130e-01));
        Vector512<double> half = Vector512.Create(0.5) * f * f;
        Vector512<double> low = Vector512.FusedMultiplyAdd(s, Vector512.FusedMultiplyAdd(r, z, half), k * Vector512.Create(Ln2Low));
        rest = f - (half - low);
        return k * Vector512.Create(Ln2High);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Full(Vector512<double> x)
    {
        Vector512<double> small = Vector512.LessThan(x, Vector512.Create(2.2250738585072014e-308));
        Vector512<double> normal = Vector512.ConditionalSelect(small, x * Vector512.Create(18014398509481984.0), x);
        Vector512<double> high = Split(normal, small & Vector512.Create(-54.0), out Vector512<double> rest);
        return Special(x, high + rest, double.PositiveInfinity, double.NaN);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Full(Vector512<float> x)
    {
        Vector512<float> small = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        Vector512<float> normal = Vector512.ConditionalSelect(small, x * Vector512.Create(33554432f), x);
        Vector512<uint> bits = normal.AsUInt32() + Vector512.Create(0x3F800000U - 0x3F3504F3U);
        Vector512<float> k = ((bits >>> 23) | Vector512.Create(0x4B000000U)).AsSingle() - Vector512.Create(8388608f + 127);
        k += small & Vector512.Create(-25f);
        Vector512<float> f = ((bits & Vector512.Create(0x7FFFFFU)) + Vector512.Create(0x3F3504F3U)).AsSingle() - Vector512<float>.One;
        Vector512<float> s = f / (f + Vector512.Create(2f));
        Vector512<float> z = s * s;
        Vector512<float> r = Vector512.FusedMultiplyAdd(z, Vector512.Create(0.24279078841f), Vector512.Create(0.28498786688f));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(0.40000972152f));
        r = Vector512.FusedMultiplyAdd(r, z, Vector512.Create(0.66666662693f));
        Vector512<float> half = Vector512.Create(0.5f) * f * f;
        Vector512<float> low = Vector512.FusedMultiplyAdd(
            s, Vector512.FusedMultiplyAdd(r, z, half), k * Vector512.Create(9.0580006145e-06f));
        Vector512<float> result = Vector512.FusedMultiplyAdd(k, Vector512.Create(6.9313812256e-01f), f - (half - low));
        return Special(x, result, float.PositiveInfinity, float.NaN);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Special<T>(Vector512<T> x, Vector512<T> result, T infinity, T nan)
    {
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512.Create(infinity)), x, result);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), -Vector512.Create(infinity), result);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<T>.Zero), result, Vector512.Create(nan));
    }
}
