using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The exponential on the lanes of a vector, the basis of every exponential in the library.</summary>
/// <remarks>
/// x = n·ln 2 + r with |r| ≤ ln 2 / 2, the product with ln 2 subtracted in two parts; e^r = 1 + r + r²·q(r) with q minimax (Remez) for
/// the relative error, 2^−28 in float and 2^−58 in double; then a scaling by a power of two, which is exact where the result is normal. So
/// e^x·2^−N has the same fraction bits for any shift N, and a softmax needs no subtraction of the maximum,
/// which would round.
/// </remarks>
internal static class ExpLanes
{
    // The coefficients of q, from r^0 up.
    private const double Single0 = 0.49999993333168405, Single1 = 0.16666518938108785, Single2 = 0.041668408053516286;
    private const double Single3 = 0.0083689218501240274, Single4 = 0.0013814169859387214;
    private const double Double0 = 0.50000000000000109, Double1 = 0.16666666666666405, Double2 = 0.041666666666527012,
        Double3 = 0.0083333333334982156;
    private const double Double4 = 0.0013888888944577161, Double5 = 0.00019841269500737315, Double6 = 0.000024801492012791482;
    private const double Double7 = 2.7557589481170549e-6, Double8 = 2.7630668449699116e-7, Double9 = 2.4999756704166577e-8;

    /// <summary>Shifted exponentials are 2^40 (2^60 in double) times too large, so that none that matters leaves the normal
    /// range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Offset<T>() => typeof(T) == typeof(float) ? 40 : 60;

    /// <summary>The arguments up to which an unshifted exponential may be used: nothing computed from it can leave the normal
    /// range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NarrowLimit<T>() => typeof(T) == typeof(float) ? (T)(object)43f : (T)(object)350.0;

    /// <summary>
    /// 2^35 (2^70 in double), which absorbs the squares of arguments up to 45.25 (362), as they are at most half a unit in its last place:
    /// if it
    /// is unchanged after all of them, nothing computed from their unshifted exponentials can leave the normal range.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Absorbing<T>() => typeof(T) == typeof(float) ? 34359738368.0 : 1180591620717411303424.0;

    /// <summary>The distance below the maximum from which e^(x − max) is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Vanishing<T>() => typeof(T) == typeof(float) ? (T)(object)104.5f : (T)(object)746.0;

    /// <summary>1.5·2^23 (2^52): a number added to it is rounded to the nearest integer, which is then in its low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Rounding<T>() => typeof(T) == typeof(float) ? 12582912.0 : 6755399441055744.0;

    /// <summary>The number of fraction bits, below the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Fraction<T>() => typeof(T) == typeof(float) ? 23 : 52;

    /// <summary>The smallest x whose e^x is normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Normal<T>() => typeof(T) == typeof(float) ? -87 : -708;

    /// <summary>The rounder of <see cref="Shifted{V, T}(V, V)"/> for a shift by 0 and no offset: e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Plain<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.Constant(Rounding<T>() + Bias<T>());

    /// <summary>The rounder of <see cref="Shifted{V, T}(V, V)"/> for a shift by 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Unshifted<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.Constant(Rounding<T>() + Bias<T>() + Offset<T>());

    /// <summary>
    /// e^x·2^(<see cref="Offset"/> − N), where <paramref name="rounder"/> is <see cref="Unshifted"/> less N. It is accurate where it is
    /// normal, NaN for
    /// NaN, and undefined elsewhere.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Shifted<V, T>(V x, V rounder)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        // The low bits of the sum are the biased exponent: shifted into place they form the power of two.
        V power = V.Fma(x, Log2E<V, T>(), rounder);
        return Mantissa<V, T>(x, power - rounder) * Power<V, T>(power);
    }

    /// <summary>
    /// The same for four vectors in place, interleaved by instruction: one vector's fifteen instructions depend on each other, and the
    /// processor looks ahead
    /// over two or three vectors only.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Shifted<V, T>(ref V a, ref V b, ref V c, ref V d, V rounder)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        V log2E = Log2E<V, T>();
        V powerA = V.Fma(a, log2E, rounder), powerB = V.Fma(b, log2E, rounder), powerC = V.Fma(c, log2E, rounder),
            powerD = V.Fma(d, log2E, rounder);
        Mantissa<V, T>(ref a, ref b, ref c, ref d, powerA - rounder, powerB - rounder, powerC - rounder, powerD - rounder);
        a *= Power<V, T>(powerA);
        b *= Power<V, T>(powerB);
        c *= Power<V, T>(powerC);
        d *= Power<V, T>(powerD);
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

        // Two factors with about half the exponent each: the first product is exact, so only the second rounds.
        V half = V.Fma(n, V.Constant(0.5), rounder);
        V rest = n - (half - rounder) + rounder;
        return Mantissa<V, T>(x, n) * Power<V, T>(half) * Power<V, T>(rest);
    }

    /// <summary>log2(e) in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log2E<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.Constant(1.4426950408889634);

    /// <summary>The power of two whose biased exponent is in the low bits. The constants are literals so that the compiler encodes them in
    /// the instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power<V, T>(V bits)
        where V : struct, ILanes<V, T>
        where T : unmanaged => typeof(T) == typeof(float) ? V.ShiftLeft(bits, 23) : V.ShiftLeft(bits, 52);

    /// <summary>e^(x − n·ln 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Mantissa<V, T>(V x, V n)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        V r = V.Fma(n, Ln2High<V, T>(), x);
        r = V.Fma(n, Ln2Low<V, T>(), r);
        V p = V.Fma(r, First<V, T>(), Second<V, T>());
        if (typeof(T) == typeof(double))
        {
            p = V.Fma(p, r, V.Constant(Double7));
            p = V.Fma(p, r, V.Constant(Double6));
            p = V.Fma(p, r, V.Constant(Double5));
            p = V.Fma(p, r, V.Constant(Double4));
            p = V.Fma(p, r, V.Constant(Double3));
        }

        p = V.Fma(p, r, Either<V, T>(Single2, Double2));
        p = V.Fma(p, r, Either<V, T>(Single1, Double1));
        p = V.Fma(p, r, Either<V, T>(Single0, Double0));
        p = V.Fma(p, r, V.Constant(1));
        return V.Fma(p, r, V.Constant(1));
    }

    /// <summary>The same for four vectors interleaved, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mantissa<V, T>(ref V a, ref V b, ref V c, ref V d, V nA, V nB, V nC, V nD)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        V high = Ln2High<V, T>();
        V.AddProduct(ref a, nA, high);
        V.AddProduct(ref b, nB, high);
        V.AddProduct(ref c, nC, high);
        V.AddProduct(ref d, nD, high);
        V low = Ln2Low<V, T>();
        V.AddProduct(ref a, nA, low);
        V.AddProduct(ref b, nB, low);
        V.AddProduct(ref c, nC, low);
        V.AddProduct(ref d, nD, low);
        V p = First<V, T>(), q = p, s = p, t = p;
        Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, Second<V, T>());
        if (typeof(T) == typeof(double))
        {
            Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, V.Constant(Double7));
            Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, V.Constant(Double6));
            Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, V.Constant(Double5));
            Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, V.Constant(Double4));
            Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, V.Constant(Double3));
        }

        Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, Either<V, T>(Single2, Double2));
        Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, Either<V, T>(Single1, Double1));
        Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, Either<V, T>(Single0, Double0));
        Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, V.Constant(1));
        Step<V, T>(ref p, ref q, ref s, ref t, a, b, c, d, V.Constant(1));
        (a, b, c, d) = (p, q, s, t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V, T>(ref V p, ref V q, ref V s, ref V t, V a, V b, V c, V d, V coefficient)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        p = V.Fma(p, a, coefficient);
        q = V.Fma(q, b, coefficient);
        s = V.Fma(s, c, coefficient);
        t = V.Fma(t, d, coefficient);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Ln2High<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => Either<V, T>(-0.693147182464599609375, -0.6931471805599453);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Ln2Low<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => Either<V, T>(1.904654323148236e-09, -2.3190468138462996e-17);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V First<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => Either<V, T>(Single4, Double9);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Second<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged => Either<V, T>(Single3, Double8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Bias<T>() => typeof(T) == typeof(float) ? 127 : 1023;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Either<V, T>(double single, double full)
        where V : struct, ILanes<V, T>
        where T : unmanaged => V.Constant(typeof(T) == typeof(float) ? single : full);
}
