using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Credence.Numerics;

/// <summary>The exponential on 16 float or 8 double lanes, of which every other exponential in the library is made.</summary>
/// <remarks>
/// x = n·ln 2 + r with |r| ≤ ln 2 / 2, the product with ln 2 subtracted in two exact parts; e^r = 1 + r + r²·q(r) with q minimax (Remez) for
/// the relative error, 2^−28 in float and 2^−58 in double; then a scaling by a power of two, which is exact where the result is normal. So
/// e^x·2^−N comes out with the same bits whichever N it is shifted by, and a softmax needs no subtraction of the maximum, which would round.
/// </remarks>
internal static class ExpLanes
{
    /// <summary>The arguments up to which <see cref="Narrow"/> may be used: neither e^x nor a softmax made of it can leave the normal range.</summary>
    public static T NarrowLimit<T>() => typeof(T) == typeof(float) ? (T)(object)43f : (T)(object)350.0;

    /// <summary>How far below the maximum e^(x − max) has no bits left: it is 0 from there.</summary>
    public static T Vanishing<T>() => typeof(T) == typeof(float) ? (T)(object)104.5f : (T)(object)746.0;

    /// <summary>e^x for |x| ≤ <see cref="NarrowLimit"/>, and NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Narrow<T>(Vector512<T> x)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<float> p = Mantissa(x.As<T, float>(), out Vector512<float> n, out Vector512<float> shifted);
            return (Avx512F.IsSupported ? Avx512F.Scale(p, n) : p * PowerOfTwo(shifted)).As<float, T>();
        }
        else
        {
            Vector512<double> p = Mantissa(x.As<T, double>(), out Vector512<double> n, out Vector512<double> shifted);
            return (Avx512F.IsSupported ? Avx512F.Scale(p, n) : p * PowerOfTwo(shifted)).As<double, T>();
        }
    }

    /// <summary>e^x·2^−<paramref name="shift"/> for x not above shift·ln 2 + 1; 0 where x is below <paramref name="cutoff"/>; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Shifted<T>(Vector512<T> x, Vector512<T> shift, Vector512<T> cutoff, Vector512<T> max)
    {
        // What vanishes is computed as if it were the maximum and then cleared: an underflow would cost a hundred times as much.
        Vector512<T> vanishes = Vector512.LessThan(x, cutoff);
        x = Vector512.ConditionalSelect(vanishes, max, x);
        Vector512<T> e;
        if (typeof(T) == typeof(float))
        {
            Vector512<float> p = Mantissa(x.As<T, float>(), out Vector512<float> n, out _);
            e = Scale(p, n - shift.As<T, float>()).As<float, T>();
        }
        else
        {
            Vector512<double> p = Mantissa(x.As<T, double>(), out Vector512<double> n, out _);
            e = Scale(p, n - shift.As<T, double>()).As<double, T>();
        }

        return Vector512.AndNot(e, vanishes);
    }

    /// <summary>e^x for every x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Full<T>(Vector512<T> x)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<float> v = Clamp(x.As<T, float>(), -104.5f, 89.5f);
            Vector512<float> p = Mantissa(v, out Vector512<float> n, out _);
            return Scale(p, n).As<float, T>();
        }
        else
        {
            Vector512<double> v = Clamp(x.As<T, double>(), -746.0, 710.5);
            Vector512<double> p = Mantissa(v, out Vector512<double> n, out _);
            return Scale(p, n).As<double, T>();
        }
    }

    /// <summary>p·2^n with one rounding, for n from −160 to 130 (float) or −1100 to 1030 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scale(Vector512<float> p, Vector512<float> n)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Scale(p, n);

        // Two factors: the first product is exact, so that only the second rounds.
        Vector512<float> magic = Vector512.Create(Magic);
        Vector512<float> half = Vector512.FusedMultiplyAdd(n, Vector512.Create(0.5f), magic);
        Vector512<float> rest = n - (half - magic) + magic;
        return p * PowerOfTwo(half) * PowerOfTwo(rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Scale(Vector512<double> p, Vector512<double> n)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Scale(p, n);

        Vector512<double> magic = Vector512.Create(MagicDouble);
        Vector512<double> half = Vector512.FusedMultiplyAdd(n, Vector512.Create(0.5), magic);
        Vector512<double> rest = n - (half - magic) + magic;
        return p * PowerOfTwo(half) * PowerOfTwo(rest);
    }

    // The low bits of n + Magic are n in two's complement; moved into the exponent they make 2^n.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<float> shifted) =>
        ((shifted.AsInt32() << 23) + Vector512.Create(127 << 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerOfTwo(Vector512<double> shifted) =>
        ((shifted.AsInt64() << 52) + Vector512.Create(1023L << 52)).AsDouble();

    // Adding and subtracting 1.5·2^23 (2^52) rounds to the nearest whole number.
    private const float Magic = 12582912;
    private const double MagicDouble = 6755399441055744;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Mantissa(Vector512<float> x, out Vector512<float> n, out Vector512<float> shifted)
    {
        shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), Vector512.Create(Magic));
        n = shifted - Vector512.Create(Magic);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693147182464599609375f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(1.904654323148236e-09f), r);
        Vector512<float> p = Vector512.FusedMultiplyAdd(r, Vector512.Create(0.0013814169859387214f), Vector512.Create(0.0083689218501240274f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.041668408053516286f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.16666518938108785f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.49999993333168405f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        return Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Mantissa(Vector512<double> x, out Vector512<double> n, out Vector512<double> shifted)
    {
        shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.4426950408889634), Vector512.Create(MagicDouble));
        n = shifted - Vector512.Create(MagicDouble);
        Vector512<double> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.6931471805599453), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-2.3190468138462996e-17), r);
        Vector512<double> p = Vector512.FusedMultiplyAdd(r, Vector512.Create(2.4999756704166577e-8), Vector512.Create(2.7630668449699116e-7));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(2.7557589481170549e-6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.000024801492012791482));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.00019841269500737315));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.0013888888944577161));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.0083333333334982156));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.041666666666527012));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.16666666666666405));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.50000000000000109));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<double>.One);
        return Vector512.FusedMultiplyAdd(p, r, Vector512<double>.One);
    }

    // Comparisons rather than Min and Max, so that NaN passes through on every machine.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Clamp<T>(Vector512<T> x, T low, T high)
    {
        Vector512<T> lows = Vector512.Create(low), highs = Vector512.Create(high);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, lows), lows, x);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, highs), highs, x);
    }
}
