using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Credence.Numerics;

/// <summary>8 floats or 4 doubles in one register of AVX2.</summary>
internal unsafe struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged
{
    private Vector256<T> value = value;

    public static int Count => Vector256<T>.Count;

    public readonly Vector256<T> Value => value;

    public readonly T First => value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Create(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector256.Create((float)value).As<float, T>())
        : new(Vector256.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> FromBits(long bits) => typeof(T) == typeof(float)
        ? new(Vector256.Create((int)bits).As<int, T>())
        : new(Vector256.Create(bits).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T* from)
    {
        // The explicit broadcast is a single load; a scalar load needs a shuffle after it.
        if (Avx.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx.BroadcastScalarToVector256((float*)from).As<float, T>())
                : new(Avx.BroadcastScalarToVector256((double*)from).As<double, T>());
        }

        return Create(*from);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadPart(T* from, int count, T fill)
    {
        Vector256<T> v = Vector256.Create(fill);
        Unsafe.CopyBlockUnaligned(&v, from, (uint)(count * sizeof(T)));
        return new(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(T* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StorePart(T* to, int count)
    {
        Vector256<T> v = value;
        Unsafe.CopyBlockUnaligned(to, &v, (uint)(count * sizeof(T)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> FirstLanes(int count) => Load(LaneMasks.First<T>(count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator &(Lanes256<T> a, Lanes256<T> b) => new(a.value & b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator |(Lanes256<T> a, Lanes256<T> b) => new(a.value | b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator ^(Lanes256<T> a, Lanes256<T> b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AndNot(Lanes256<T> a, Lanes256<T> mask) => new(Vector256.AndNot(a.value, mask.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Fma(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c)
    {
        if (typeof(T) == typeof(float))
            return new(Vector256.FusedMultiplyAdd(a.value.As<T, float>(), b.value.As<T, float>(), c.value.As<T, float>()).As<float, T>());

        return new(Vector256.FusedMultiplyAdd(a.value.As<T, double>(), b.value.As<T, double>(), c.value.As<T, double>()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes256<T> sum, Lanes256<T> a, Lanes256<T> b)
    {
        if (typeof(T) == typeof(float))
            sum.value = Vector256.FusedMultiplyAdd(a.value.As<T, float>(), b.value.As<T, float>(), sum.value.As<T, float>()).As<float, T>();
        else
            sum.value = Vector256.FusedMultiplyAdd(a.value.As<T, double>(), b.value.As<T, double>(), sum.value.As<T, double>())
                .As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> a) => new(Vector256.Sqrt(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MaxNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MinNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessThan(Lanes256<T> a, Lanes256<T> b) => new(Vector256.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Equal(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Equals(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> a, Lanes256<T> b) =>
        new(Vector256.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AddBits(Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float)
        ? new((a.value.As<T, int>() + b.value.As<T, int>()).As<int, T>())
        : new((a.value.As<T, long>() + b.value.As<T, long>()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftLeft(Lanes256<T> a, int by) => typeof(T) == typeof(float)
        ? new((a.value.As<T, int>() << by).As<int, T>())
        : new((a.value.As<T, long>() << by).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftRight(Lanes256<T> a, int by) => typeof(T) == typeof(float)
        ? new((a.value.As<T, int>() >>> by).As<int, T>())
        : new((a.value.As<T, long>() >>> by).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> BitsAbove(Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float)
        ? new(Vector256.GreaterThan(a.value.As<T, int>(), b.value.As<T, int>()).As<int, T>())
        : new(Vector256.GreaterThan(a.value.As<T, long>(), b.value.As<T, long>()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signs(Lanes256<T> a) => (uint)a.value.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBitsAbove(Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float)
        ? Vector256.GreaterThanAny(a.value.As<T, int>(), b.value.As<T, int>())
        : Vector256.GreaterThanAny(a.value.As<T, long>(), b.value.As<T, long>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SumAcross(Lanes256<T> v)
    {
        Vector256<T> x = v.value;
        x = x + Vector256.Create(x.GetUpper(), x.GetLower());
        if (typeof(T) == typeof(double))
            return new(x + Vector256.Shuffle(x.As<T, double>(), Vector256.Create(1L, 0, 3, 2)).As<double, T>());

        x = x + Vector256.Shuffle(x.As<T, float>(), Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)).As<float, T>();
        return new(x + Vector256.Shuffle(x.As<T, float>(), Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MaxAcross(Lanes256<T> v)
    {
        Vector256<T> x = v.value;
        x = Vector256.MaxNative(x, Vector256.Create(x.GetUpper(), x.GetLower()));
        if (typeof(T) == typeof(double))
            return new(Vector256.MaxNative(x, Vector256.Shuffle(x.As<T, double>(), Vector256.Create(1L, 0, 3, 2)).As<double, T>()));

        x = Vector256.MaxNative(x, Vector256.Shuffle(x.As<T, float>(), Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)).As<float, T>());
        return new(Vector256.MaxNative(x, Vector256.Shuffle(x.As<T, float>(), Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)).As<float, T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(double* sums, Lanes256<T> v)
    {
        if (typeof(T) == typeof(float))
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(v.value.As<T, float>());
            (Vector256.Load(sums) + low).Store(sums);
            (Vector256.Load(sums + 4) + high).Store(sums + 4);
        }
        else
        {
            (Vector256.Load(sums) + v.value.As<T, double>()).Store(sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumPieces(double* sums, T* x, int count)
    {
        Vector256<double> low = default, high = default;
        T* end = x + count;
        for (; x < end; x += 8 * Count)
        {
            if (typeof(T) == typeof(float))
            {
                Vector256<float> eight = (Four(x, 16) + Four(x + 8, 16)).As<T, float>();
                low += Avx.IsSupported ? Avx.ConvertToVector256Double(eight.GetLower()) : Vector256.WidenLower(eight);
                high += Avx.IsSupported ? Avx.ConvertToVector256Double(eight.GetUpper()) : Vector256.WidenUpper(eight);
            }
            else
            {
                low += Four(x, 8).As<T, double>();
                high += Four(x + 4, 8).As<T, double>();
            }
        }

        low.Store(sums);
        high.Store(sums + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Four(T* x, int step) =>
        (Vector256.Load(x) + Vector256.Load(x + step)) + (Vector256.Load(x + (2 * step)) + Vector256.Load(x + (3 * step)));
}
