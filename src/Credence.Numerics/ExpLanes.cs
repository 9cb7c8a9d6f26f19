using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The exponential on the lanes of a vector, of which every other exponential in the library is made.</summary>
/// <remarks>
/// x = n·ln 2 + r with |r| ≤ ln 2 / 2, the product with ln 2 subtracted in two parts; e^r = 1 + r + r²·q(r) with q minimax (Remez) for
/// the relative error, 2^−28 in float and 2^−58 in double; then a scaling by a power of two, which is exact where the result is normal. So
/// e^x·2^−N has the same bits, but for the exponent, whichever N it is shifted by, and a softmax needs no subtraction of the maximum,
/// which would round.
/// </remarks>
internal static class ExpLanes
{
    /// <summary>Shifted exponentials are 2^40 (2^60 in double) times too large, so that none that counts leaves the normal range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Offset<T>() => typeof(T) == typeof(float) ? 40 : 60;

    /// <summary>The arguments up to which an unshifted exponential may be used: nothing made of it can leave the normal range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NarrowLimit<T>() => typeof(T) == typeof(float) ? (T)(object)43f : (T)(object)350.0;

    /// <summary>How far below the maximum e^(x − max) has no bits left: it is 0 from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Vanishing<T>() => typeof(T) == typeof(float) ? (T)(object)104.5f : (T)(object)746.0;

    /// <summary>1.5·2^23 (2^52): a number added to it is rounded to the nearest whole one, which its low bits then are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Rounding<T>() => typeof(T) == typeof(float) ? 12582912.0 : 6755399441055744.0;

    /// <summary>The bits of a number's fraction, below its exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Fraction<T>() => typeof(T) == typeof(float) ? 23 : 52;

    /// <summary>e^x is normal from here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Normal<T>() => typeof(T) == typeof(float) ? -87 : -708;

    /// <summary>What <see cref="Shifted"/> takes for a shift by 0 and no offset: e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Plain<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.Constant(Rounding<T>() + Bias<T>());

    /// <summary>What <see cref="Shifted"/> takes for a shift by 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Unshifted<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.Constant(Rounding<T>() + Bias<T>() + Offset<T>());

    /// <summary>
    /// e^x·2^(<see cref="Offset"/> − N), where <paramref name="rounder"/> is <see cref="Unshifted"/> less N. It is right where it is normal, NaN for
    /// NaN, and anything elsewhere.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Shifted<V, T>(V x, V rounder)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        // The low bits of the sum are the exponent, with its bias, as it is stored: moved to their place they are the power of two.
        V power = V.Fma(x, Log2E<V, T>(), rounder);
        return Mantissa<V, T>(x, power - rounder) * V.ShiftLeft(power, Fraction<T>());
    }

    /// <summary>e^x for every x, with one rounding where it is subnormal; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Full<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        // Comparisons rather than Min and Max, so that NaN passes through on every machine.
        V low = Either<V, T>(-104.5, -746.0), high = Either<V, T>(89.5, 710.5);
        x = V.Select(V.LessThan(x, low), low, x);
        x = V.Select(V.LessThan(high, x), high, x);

        V rounding = V.Constant(Rounding<T>()), rounder = Plain<V, T>();
        V n = V.Fma(x, Log2E<V, T>(), rounding) - rounding;

        // Two factors of about half the exponent: the first product is exact, so that only the second rounds.
        V half = V.Fma(n, V.Constant(0.5), rounder);
        V rest = n - (half - rounder) + rounder;
        return Mantissa<V, T>(x, n) * V.ShiftLeft(half, Fraction<T>()) * V.ShiftLeft(rest, Fraction<T>());
    }

    /// <summary>log2(e) in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log2E<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.Constant(1.4426950408889634);

    /// <summary>e^(x − n·ln 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Mantissa<V, T>(V x, V n)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        V r = V.Fma(n, Either<V, T>(-0.693147182464599609375, -0.6931471805599453), x);
        r = V.Fma(n, Either<V, T>(1.904654323148236e-09, -2.3190468138462996e-17), r);
        V p;
        if (typeof(T) == typeof(float))
        {
            p = V.Fma(r, V.Constant(0.0013814169859387214), V.Constant(0.0083689218501240274));
            p = V.Fma(p, r, V.Constant(0.041668408053516286));
            p = V.Fma(p, r, V.Constant(0.16666518938108785));
            p = V.Fma(p, r, V.Constant(0.49999993333168405));
        }
        else
        {
            p = V.Fma(r, V.Constant(2.4999756704166577e-8), V.Constant(2.7630668449699116e-7));
            p = V.Fma(p, r, V.Constant(2.7557589481170549e-6));
            p = V.Fma(p, r, V.Constant(0.000024801492012791482));
            p = V.Fma(p, r, V.Constant(0.00019841269500737315));
            p = V.Fma(p, r, V.Constant(0.0013888888944577161));
            p = V.Fma(p, r, V.Constant(0.0083333333334982156));
            p = V.Fma(p, r, V.Constant(0.041666666666527012));
            p = V.Fma(p, r, V.Constant(0.16666666666666405));
            p = V.Fma(p, r, V.Constant(0.50000000000000109));
        }

        p = V.Fma(p, r, V.Constant(1));
        return V.Fma(p, r, V.Constant(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Bias<T>() => typeof(T) == typeof(float) ? 127 : 1023;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Either<V, T>(double single, double full)
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.Constant(typeof(T) == typeof(float) ? single : full);
}
