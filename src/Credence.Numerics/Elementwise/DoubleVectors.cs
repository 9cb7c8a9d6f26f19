using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Sums, searches and shifts of a row of doubles.</summary>
/// <remarks>
/// Sums keep eight lanes: lane l adds elements l, l + 8, …, the upper half of the lanes is added to the lower half until one is left, and
/// the
/// elements after the last whole vector are added in order. The bits depend only on the length, not on the processor's vectors. NaN
/// propagates unless stated otherwise.
/// </remarks>
public static class DoubleVectors
{
    /// <summary>The number of elements per vector.</summary>
    internal const int Width = 8;

    /// <summary>The largest element; −∞ where there is none, NaN where one is NaN.</summary>
    /// <param name="x">The elements.</param>
    public static double Max(ReadOnlySpan<double> x)
    {
        double max = double.NegativeInfinity;
        int i = 0;
        if (x.Length >= Width)
        {
            Vector512<double> lanes = At(x, 0);
            for (i = Width; i <= x.Length - Width; i += Width)
                lanes = Vector512.Max(lanes, At(x, i));

            for (int lane = 0; lane < Width; lane++)
                max = Math.Max(max, lanes[lane]);
        }

        for (; i < x.Length; i++)
            max = Math.Max(max, x[i]);

        return max;
    }

    /// <summary>The place of the first element that equals a value, or −1; NaN equals nothing.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="value">The value to find.</param>
    public static int IndexOf(ReadOnlySpan<double> x, double value)
    {
        Vector512<double> sought = Vector512.Create(value);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            ulong equal = Vector512.Equals(At(x, i), sought).ExtractMostSignificantBits();
            if (equal != 0)
                return i + BitOperations.TrailingZeroCount(equal);
        }

        for (; i < x.Length; i++)
        {
            if (x[i] == value)
                return i;
        }

        return -1;
    }

    /// <summary>Whether every element is within two bounds, both inclusive; NaN is not.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    public static bool AreWithin(ReadOnlySpan<double> x, double low, double high)
    {
        Vector512<double> least = Vector512.Create(low), most = Vector512.Create(high), within = Vector512<double>.AllBitsSet;
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
            within &= Vector512.GreaterThanOrEqual(At(x, i), least) & Vector512.LessThanOrEqual(At(x, i), most);

        bool all = Vector512.EqualsAll(within.AsUInt64(), Vector512<ulong>.AllBitsSet);
        for (; i < x.Length; i++)
            all &= x[i] >= low && x[i] <= high;

        return all;
    }

    /// <summary>Σ x.</summary>
    /// <param name="x">The elements.</param>
    public static double Sum(ReadOnlySpan<double> x)
    {
        Vector512<double> lanes = default;
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
            lanes += At(x, i);

        double sum = Fold(lanes);
        for (; i < x.Length; i++)
            sum += x[i];

        return sum;
    }

    /// <summary>Σ x·y, with fused multiply-add.</summary>
    /// <param name="x">The first factors.</param>
    /// <param name="y">The second factors, at least as many.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Vector512<double> lanes = default;
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
            lanes = Vector512.FusedMultiplyAdd(At(x, i), At(y, i), lanes);

        double sum = Fold(lanes);
        for (; i < x.Length; i++)
            sum = Math.FusedMultiplyAdd(x[i], y[i], sum);

        return sum;
    }

    /// <summary>Σ (x − y)², in double.</summary>
    /// <param name="x">One point.</param>
    /// <param name="y">The other, at least as long.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<float> y)
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Vector512<double> lanes = default;
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Create(y.Slice(i, Width)));
            Vector512<double> difference = At(x, i) - Vector512.Create(low, high);
            lanes += difference * difference;
        }

        double sum = Fold(lanes);
        for (; i < x.Length; i++)
            sum += (x[i] - y[i]) * (x[i] - y[i]);

        return sum;
    }

    /// <summary>y = factor·(x − shift).</summary>
    /// <param name="x">The elements.</param>
    /// <param name="shift">What is subtracted.</param>
    /// <param name="factor">What the difference is multiplied by.</param>
    /// <param name="y">The result, at least as long as <paramref name="x"/>; the same memory or apart.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> by an offset.</exception>
    public static void ShiftAndScale(ReadOnlySpan<double> x, double shift, double factor, Span<double> y)
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Shape.SameOrApart(x, y, nameof(y));
        Vector512<double> s = Vector512.Create(shift), f = Vector512.Create(factor);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
            Put(f * (At(x, i) - s), y, i);

        for (; i < x.Length; i++)
            y[i] = factor * (x[i] - shift);
    }

    /// <summary>y = max(x − shift, least) and scaled = factor·y.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="shift">What is subtracted.</param>
    /// <param name="least">The least difference, to which lower ones are raised.</param>
    /// <param name="factor">What the raised difference is multiplied by.</param>
    /// <param name="y">The differences, at least as long as <paramref name="x"/>; the same memory or apart.</param>
    /// <param name="scaled">The products, at least as long; must not overlap any other span.</param>
    /// <exception cref="ArgumentException">An output is too short, or shares memory it must not.</exception>
    public static void ShiftAtLeast(ReadOnlySpan<double> x, double shift, double least, double factor, Span<double> y, Span<double> scaled)
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Shape.AtLeast(scaled.Length, x.Length, nameof(scaled));
        Shape.SameOrApart(x, y, nameof(y));
        Shape.Apart(x, scaled, nameof(scaled));
        Shape.Apart(y, scaled, nameof(scaled));
        Vector512<double> s = Vector512.Create(shift), l = Vector512.Create(least), f = Vector512.Create(factor);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            Vector512<double> difference = Vector512.Max(At(x, i) - s, l);
            Put(difference, y, i);
            Put(difference * f, scaled, i);
        }

        for (; i < x.Length; i++)
        {
            y[i] = Math.Max(x[i] - shift, least);
            scaled[i] = y[i] * factor;
        }
    }

    /// <summary>y = max(x − shift, least).</summary>
    /// <param name="x">The elements.</param>
    /// <param name="shift">What is subtracted.</param>
    /// <param name="least">The least difference, to which lower ones are raised.</param>
    /// <param name="y">The result, at least as long as <paramref name="x"/>; the same memory or apart.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is too short, or overlaps <paramref name="x"/> by an offset.</exception>
    public static void ShiftAtLeast(ReadOnlySpan<double> x, double shift, double least, Span<double> y)
    {
        Shape.AtLeast(y.Length, x.Length, nameof(y));
        Shape.SameOrApart(x, y, nameof(y));
        Vector512<double> s = Vector512.Create(shift), l = Vector512.Create(least);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
            Put(Vector512.Max(At(x, i) - s, l), y, i);

        for (; i < x.Length; i++)
            y[i] = Math.Max(x[i] - shift, least);
    }

    /// <summary>The sum of the eight lanes.</summary>
    internal static double Fold(Vector512<double> v)
    {
        Vector256<double> four = v.GetLower() + v.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    /// <summary>The vector that begins at an element; the caller has checked that it ends within the span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> At(ReadOnlySpan<double> x, int start) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)start);

    /// <summary>Writes the vector that begins at an element; the caller has checked that it ends within the span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Put(Vector512<double> v, Span<double> x, int start) =>
        v.StoreUnsafe(ref MemoryMarshal.GetReference(x), (nuint)start);
}
