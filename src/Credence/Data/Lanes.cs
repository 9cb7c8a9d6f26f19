using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Data;

/// <summary>Sums and searches over eight lanes that fold in a fixed order, so that the bits do not depend on the CPU's vector width.</summary>
internal static class Lanes
{
    /// <summary>Elements a vector.</summary>
    public const int Width = 8;

    /// <summary>The sum of the eight lanes.</summary>
    public static double Fold(Vector512<double> v)
    {
        Vector256<double> four = v.GetLower() + v.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    /// <summary>The vector that begins at an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> At(ReadOnlySpan<double> values, int start) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start);

    /// <summary>Writes the vector that begins at an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(Vector512<double> v, Span<double> values, int start) =>
        v.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start);

    /// <summary>The largest element; NaN where one is.</summary>
    public static double Max(ReadOnlySpan<double> values)
    {
        double max = double.NegativeInfinity;
        int i = 0;
        if (values.Length >= Width)
        {
            Vector512<double> lanes = At(values, 0);
            for (i = Width; i <= values.Length - Width; i += Width)
                lanes = Vector512.Max(lanes, At(values, i));

            for (int lane = 0; lane < Width; lane++)
                max = Math.Max(max, lanes[lane]);
        }

        for (; i < values.Length; i++)
            max = Math.Max(max, values[i]);

        return max;
    }

    /// <summary>The place of the first element that equals a value, or −1.</summary>
    public static int IndexOf(ReadOnlySpan<double> values, double value)
    {
        Vector512<double> sought = Vector512.Create(value);
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
        {
            ulong equal = Vector512.Equals(At(values, i), sought).ExtractMostSignificantBits();
            if (equal != 0)
                return i + BitOperations.TrailingZeroCount(equal);
        }

        for (; i < values.Length; i++)
        {
            if (values[i] == value)
                return i;
        }

        return -1;
    }

    /// <summary>The sum.</summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        Vector512<double> lanes = default;
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
            lanes += At(values, i);

        double sum = Fold(lanes);
        for (; i < values.Length; i++)
            sum += values[i];

        return sum;
    }

    /// <summary>Whether all elements are from one bound to another; a NaN is not.</summary>
    public static bool AreWithin(ReadOnlySpan<double> values, double low, double high)
    {
        Vector512<double> least = Vector512.Create(low), most = Vector512.Create(high), within = Vector512<double>.AllBitsSet;
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
            within &= Vector512.GreaterThanOrEqual(At(values, i), least) & Vector512.LessThanOrEqual(At(values, i), most);

        bool all = Vector512.EqualsAll(within.AsUInt64(), Vector512<ulong>.AllBitsSet);
        for (; i < values.Length; i++)
            all &= values[i] >= low && values[i] <= high;

        return all;
    }

    /// <summary>Σ a·b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector512<double> lanes = default;
        int i = 0;
        for (; i <= a.Length - Width; i += Width)
            lanes = Vector512.FusedMultiplyAdd(At(a, i), At(b, i), lanes);

        double sum = Fold(lanes);
        for (; i < a.Length; i++)
            sum = Math.FusedMultiplyAdd(a[i], b[i], sum);

        return sum;
    }

    /// <summary>y += scale·x.</summary>
    public static void AddScaled(double scale, ReadOnlySpan<double> x, Span<double> y)
    {
        Vector512<double> s = Vector512.Create(scale);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
            Put(Vector512.FusedMultiplyAdd(s, At(x, i), At(y, i)), y, i);

        for (; i < x.Length; i++)
            y[i] = Math.FusedMultiplyAdd(scale, x[i], y[i]);
    }
}
