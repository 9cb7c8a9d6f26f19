using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>
/// What kernels do with 16 float or 8 double lanes: partial loads and stores, and folds in one fixed order. <see cref="Vector512{T}"/> is
/// one register with AVX-512, two with AVX2, four with 128 bits; its lanes, and so every result, are the same.
/// </summary>
internal static unsafe class Lanes
{
    // 64 bytes of ones, then 64 of zeros: read from 64 − n bytes on, it keeps the first n bytes.
    private static ReadOnlySpan<byte> Ones =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>All bits set in the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mask<T>(int count)
        where T : unmanaged =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(Ones), (nuint)(64 - (count * sizeof(T)))).As<byte, T>();

    /// <summary>The first <paramref name="count"/> lanes from memory, the others filled; nothing beyond is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPart<T>(T* from, int count, T fill)
        where T : unmanaged
    {
        Vector512<T> v = Vector512.Create(fill);
        Unsafe.CopyBlockUnaligned(&v, from, (uint)(count * sizeof(T)));
        return v;
    }

    /// <summary>Writes the first <paramref name="count"/> lanes and nothing beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart<T>(Vector512<T> v, T* to, int count)
        where T : unmanaged =>
        Unsafe.CopyBlockUnaligned(to, &v, (uint)(count * sizeof(T)));

    /// <summary>The sum of all lanes: upper half onto lower half, until one is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum<T>(Vector512<T> v)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> v256 = v.GetLower() + v.GetUpper();
        Vector128<T> v128 = v256.GetLower() + v256.GetUpper();
        if (typeof(T) == typeof(float))
        {
            Vector128<float> f = v128.As<T, float>();
            f += Vector128.Shuffle(f, Vector128.Create(2, 3, 0, 1));
            return (T)(object)(f.ToScalar() + f.GetElement(1));
        }

        return v128.ToScalar() + v128.GetElement(1);
    }

    /// <summary>The largest of all lanes; NaN if there is one.</summary>
    public static T Max<T>(Vector512<T> v)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> v256 = Vector256.Max(v.GetLower(), v.GetUpper());
        Vector128<T> v128 = Vector128.Max(v256.GetLower(), v256.GetUpper());
        T max = v128.ToScalar();
        for (int lane = 1; lane < Vector128<T>.Count; lane++)
            max = T.Max(max, v128.GetElement(lane));
        return max;
    }

    /// <summary>
    /// The sum of <paramref name="count"/> numbers: four vectors added as (0 + 1) + (2 + 3), the fours added in double, lane by lane.
    /// At most 64 are added without the double. <see cref="Vector512{T}.Count"/> elements beyond may be read and don't count.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum<T>(T* x, int count)
        where T : unmanaged, INumber<T>
    {
        int width = Vector512<T>.Count;
        if (count <= 4 * width)
        {
            if (count <= width)
                return double.CreateTruncating(Sum(Vector512.Load(x) & Mask<T>(count)));

            Vector512<T> sum = Vector512.Load(x);
            int j = width;
            for (; j <= count - width; j += width)
                sum += Vector512.Load(x + j);
            if (j < count)
                sum += Vector512.Load(x + j) & Mask<T>(count - j);
            return double.CreateTruncating(Sum(sum));
        }

        Vector512<double> lower = default, upper = default;
        int i = 0;
        for (; i <= count - (4 * width); i += 4 * width)
        {
            Vector512<T> first = Vector512.Load(x + i) + Vector512.Load(x + i + width);
            Vector512<T> second = Vector512.Load(x + i + (2 * width)) + Vector512.Load(x + i + (3 * width));
            AddWide(first + second, ref lower, ref upper);
        }

        for (; i <= count - width; i += width)
            AddWide(Vector512.Load(x + i), ref lower, ref upper);
        if (i < count)
            AddWide(Vector512.Load(x + i) & Mask<T>(count - i), ref lower, ref upper);
        return Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWide<T>(Vector512<T> v, ref Vector512<double> lower, ref Vector512<double> upper)
    {
        if (typeof(T) == typeof(float))
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(v.As<T, float>());
            lower += low;
            upper += high;
        }
        else
        {
            lower += v.As<T, double>();
        }
    }
}
