using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Credence.Numerics;

/// <summary>4 floats or 2 doubles in one register of SSE or Neon.</summary>
internal unsafe struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged
{
    private Vector128<T> value = value;

    public static int Count => Vector128<T>.Count;

    public readonly Vector128<T> Value => value;

    public readonly T First => value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Create(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector128.Create((float)value).As<float, T>())
        : new(Vector128.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FromBits(long bits) => typeof(T) == typeof(float)
        ? new(Vector128.Create((int)bits).As<int, T>())
        : new(Vector128.Create(bits).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(T* from) => Avx.IsSupported && typeof(T) == typeof(float)
        ? new(Avx.BroadcastScalarToVector128((float*)from).As<float, T>())
        : Create(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadPart(T* from, int count, T fill)
    {
        Vector128<T> v = Vector128.Create(fill);
        Unsafe.CopyBlockUnaligned(&v, from, (uint)(count * sizeof(T)));
        return new(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(T* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StorePart(T* to, int count)
    {
        Vector128<T> v = value;
        Unsafe.CopyBlockUnaligned(to, &v, (uint)(count * sizeof(T)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FirstLanes(int count) => Load(LaneMasks.First<T>(count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> a, Lanes128<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator &(Lanes128<T> a, Lanes128<T> b) => new(a.value & b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator |(Lanes128<T> a, Lanes128<T> b) => new(a.value | b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator ^(Lanes128<T> a, Lanes128<T> b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AndNot(Lanes128<T> a, Lanes128<T> mask) => new(Vector128.AndNot(a.value, mask.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Fma(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c)
    {
        if (typeof(T) == typeof(float))
            return new(Vector128.FusedMultiplyAdd(a.value.As<T, float>(), b.value.As<T, float>(), c.value.As<T, float>()).As<float, T>());

        return new(Vector128.FusedMultiplyAdd(a.value.As<T, double>(), b.value.As<T, double>(), c.value.As<T, double>()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes128<T> sum, Lanes128<T> a, Lanes128<T> b)
    {
        if (typeof(T) == typeof(float))
            sum.value = Vector128.FusedMultiplyAdd(a.value.As<T, float>(), b.value.As<T, float>(), sum.value.As<T, float>()).As<float, T>();
        else
            sum.value = Vector128.FusedMultiplyAdd(a.value.As<T, double>(), b.value.As<T, double>(), sum.value.As<T, double>())
                .As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> a) => new(Vector128.Sqrt(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> a, Lanes128<T> b) => new(Vector128.MaxNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> a, Lanes128<T> b) => new(Vector128.MinNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessThan(Lanes128<T> a, Lanes128<T> b) => new(Vector128.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Equal(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Equals(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> a, Lanes128<T> b) =>
        new(Vector128.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AddBits(Lanes128<T> a, Lanes128<T> b) => typeof(T) == typeof(float)
        ? new((a.value.As<T, int>() + b.value.As<T, int>()).As<int, T>())
        : new((a.value.As<T, long>() + b.value.As<T, long>()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftLeft(Lanes128<T> a, int by) => typeof(T) == typeof(float)
        ? new((a.value.As<T, int>() << by).As<int, T>())
        : new((a.value.As<T, long>() << by).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftRight(Lanes128<T> a, int by) => typeof(T) == typeof(float)
        ? new((a.value.As<T, int>() >>> by).As<int, T>())
        : new((a.value.As<T, long>() >>> by).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> BitsAbove(Lanes128<T> a, Lanes128<T> b) => typeof(T) == typeof(float)
        ? new(Vector128.GreaterThan(a.value.As<T, int>(), b.value.As<T, int>()).As<int, T>())
        : new(Vector128.GreaterThan(a.value.As<T, long>(), b.value.As<T, long>()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signs(Lanes128<T> a) => (uint)a.value.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBitsAbove(Lanes128<T> a, Lanes128<T> b) => typeof(T) == typeof(float)
        ? Vector128.GreaterThanAny(a.value.As<T, int>(), b.value.As<T, int>())
        : Vector128.GreaterThanAny(a.value.As<T, long>(), b.value.As<T, long>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SumAcross(Lanes128<T> v)
    {
        Vector128<T> x = v.value;
        if (typeof(T) == typeof(double))
            return new(x + Vector128.Shuffle(x.As<T, double>(), Vector128.Create(1L, 0)).As<double, T>());

        x = x + Vector128.Shuffle(x.As<T, float>(), Vector128.Create(2, 3, 0, 1)).As<float, T>();
        return new(x + Vector128.Shuffle(x.As<T, float>(), Vector128.Create(1, 0, 3, 2)).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MaxAcross(Lanes128<T> v)
    {
        Vector128<T> x = v.value;
        if (typeof(T) == typeof(double))
            return new(Vector128.MaxNative(x, Vector128.Shuffle(x.As<T, double>(), Vector128.Create(1L, 0)).As<double, T>()));

        x = Vector128.MaxNative(x, Vector128.Shuffle(x.As<T, float>(), Vector128.Create(2, 3, 0, 1)).As<float, T>());
        return new(Vector128.MaxNative(x, Vector128.Shuffle(x.As<T, float>(), Vector128.Create(1, 0, 3, 2)).As<float, T>()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(double* sums, Lanes128<T> v)
    {
        if (typeof(T) == typeof(float))
        {
            (Vector128<double> low, Vector128<double> high) = Vector128.Widen(v.value.As<T, float>());
            (Vector128.Load(sums) + low).Store(sums);
            (Vector128.Load(sums + 2) + high).Store(sums + 2);
        }
        else
        {
            (Vector128.Load(sums) + v.value.As<T, double>()).Store(sums);
        }
    }

    public static void SumPieces(double* sums, T* x, int count) => Lanes.SumPieces<Lanes128<T>, T>(sums, x, count);
}
