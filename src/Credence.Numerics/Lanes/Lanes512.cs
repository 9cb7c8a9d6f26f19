using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>16 floats or 8 doubles in one register of AVX-512.</summary>
internal unsafe struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged
{
    private Vector512<T> value = value;

    public static int Count => Vector512<T>.Count;

    public readonly Vector512<T> Value => value;

    public readonly T First => value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Create(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector512.Create((float)value).As<float, T>())
        : new(Vector512.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> FromBits(long bits) => typeof(T) == typeof(float)
        ? new(Vector512.Create((int)bits).As<int, T>())
        : new(Vector512.Create(bits).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(T* from) => Create(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadPart(T* from, int count, T fill)
    {
        Vector512<T> v = Vector512.Create(fill);
        Unsafe.CopyBlockUnaligned(&v, from, (uint)(count * sizeof(T)));
        return new(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(T* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StorePart(T* to, int count)
    {
        Vector512<T> v = value;
        Unsafe.CopyBlockUnaligned(to, &v, (uint)(count * sizeof(T)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> FirstLanes(int count) => Load(LaneMasks.First<T>(count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> a, Lanes512<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator &(Lanes512<T> a, Lanes512<T> b) => new(a.value & b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator |(Lanes512<T> a, Lanes512<T> b) => new(a.value | b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator ^(Lanes512<T> a, Lanes512<T> b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AndNot(Lanes512<T> a, Lanes512<T> mask) => new(Vector512.AndNot(a.value, mask.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Fma(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c)
    {
        if (typeof(T) == typeof(float))
            return new(Vector512.FusedMultiplyAdd(a.value.As<T, float>(), b.value.As<T, float>(), c.value.As<T, float>()).As<float, T>());

        return new(Vector512.FusedMultiplyAdd(a.value.As<T, double>(), b.value.As<T, double>(), c.value.As<T, double>()).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes512<T> sum, Lanes512<T> a, Lanes512<T> b)
    {
        if (typeof(T) == typeof(float))
            sum.value = Vector512.FusedMultiplyAdd(a.value.As<T, float>(), b.value.As<T, float>(), sum.value.As<T, float>()).As<float, T>();
        else
            sum.value = Vector512.FusedMultiplyAdd(a.value.As<T, double>(), b.value.As<T, double>(), sum.value.As<T, double>())
                .As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> a) => new(Vector512.Sqrt(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> a, Lanes512<T> b) => new(Vector512.MaxNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> a, Lanes512<T> b) => new(Vector512.MinNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessThan(Lanes512<T> a, Lanes512<T> b) => new(Vector512.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Equal(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Equals(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> a, Lanes512<T> b) =>
        new(Vector512.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AddBits(Lanes512<T> a, Lanes512<T> b) => typeof(T) == typeof(float)
        ? new((a.value.As<T, int>() + b.value.As<T, int>()).As<int, T>())
        : new((a.value.As<T, long>() + b.value.As<T, long>()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftLeft(Lanes512<T> a, int by) => typeof(T) == typeof(float)
        ? new((a.value.As<T, int>() << by).As<int, T>())
        : new((a.value.As<T, long>() << by).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftRight(Lanes512<T> a, int by) => typeof(T) == typeof(float)
        ? new((a.value.As<T, int>() >>> by).As<int, T>())
        : new((a.value.As<T, long>() >>> by).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> BitsAbove(Lanes512<T> a, Lanes512<T> b) => typeof(T) == typeof(float)
        ? new(Vector512.GreaterThan(a.value.As<T, int>(), b.value.As<T, int>()).As<int, T>())
        : new(Vector512.GreaterThan(a.value.As<T, long>(), b.value.As<T, long>()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signs(Lanes512<T> a) => (uint)a.value.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBitsAbove(Lanes512<T> a, Lanes512<T> b) => typeof(T) == typeof(float)
        ? Vector512.GreaterThanAny(a.value.As<T, int>(), b.value.As<T, int>())
        : Vector512.GreaterThanAny(a.value.As<T, long>(), b.value.As<T, long>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SumAcross(Lanes512<T> v)
    {
        Vector256<T> half = v.value.GetLower() + v.value.GetUpper();
        half = Lanes256<T>.SumAcross(new(half)).Value;
        return new(Vector512.Create(half, half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MaxAcross(Lanes512<T> v)
    {
        Vector256<T> half = Vector256.MaxNative(v.value.GetLower(), v.value.GetUpper());
        half = Lanes256<T>.MaxAcross(new(half)).Value;
        return new(Vector512.Create(half, half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(double* sums, Lanes512<T> v)
    {
        if (typeof(T) == typeof(float))
        {
            Vector256<float> half = v.value.GetLower().As<T, float>() + v.value.GetUpper().As<T, float>();
            Lanes256<float>.AddTo(sums, new(half));
        }
        else
        {
            (Vector512.Load(sums) + v.value.As<T, double>()).Store(sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumPieces(double* sums, T* x, int count)
    {
        Vector512<double> all = default;
        T* end = x + count;
        for (; x < end; x += 4 * Count)
        {
            Vector512<T> four = (Vector512.Load(x) + Vector512.Load(x + Count))
                + (Vector512.Load(x + (2 * Count)) + Vector512.Load(x + (3 * Count)));
            if (typeof(T) == typeof(float))
            {
                Vector256<float> half = four.GetLower().As<T, float>() + four.GetUpper().As<T, float>();
                all += Vector512.Create(Vector256.WidenLower(half), Vector256.WidenUpper(half));
            }
            else
            {
                all += four.As<T, double>();
            }
        }

        all.Store(sums);
    }
}
