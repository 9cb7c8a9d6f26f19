using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>One float or double, for processors without vectors: the same operations, one lane at a time.</summary>
internal readonly unsafe struct OneLane<T>(T value) : ILanes<OneLane<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T value = value;

    public static int Count => 1;

    public T First => value;

    private static int Ones => -1;

    public static OneLane<T> Create(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Constant(double value) => new(T.CreateTruncating(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> FromBits(long bits) => typeof(T) == typeof(float)
        ? new((T)(object)BitConverter.Int32BitsToSingle((int)bits))
        : new((T)(object)BitConverter.Int64BitsToDouble(bits));

    public static OneLane<T> Broadcast(T* from) => new(*from);

    public static OneLane<T> Load(T* from) => new(*from);

    public static OneLane<T> LoadPart(T* from, int count, T fill) => new(count > 0 ? *from : fill);

    public void Store(T* to) => *to = value;

    public void StorePart(T* to, int count)
    {
        if (count > 0)
            *to = value;
    }

    public static OneLane<T> FirstLanes(int count) => FromBits(count > 0 ? Ones : 0);

    public static OneLane<T> operator +(OneLane<T> a, OneLane<T> b) => new(a.value + b.value);

    public static OneLane<T> operator -(OneLane<T> a, OneLane<T> b) => new(a.value - b.value);

    public static OneLane<T> operator *(OneLane<T> a, OneLane<T> b) => new(a.value * b.value);

    public static OneLane<T> operator /(OneLane<T> a, OneLane<T> b) => new(a.value / b.value);

    public static OneLane<T> operator &(OneLane<T> a, OneLane<T> b) => FromBits(a.Bits() & b.Bits());

    public static OneLane<T> operator |(OneLane<T> a, OneLane<T> b) => FromBits(a.Bits() | b.Bits());

    public static OneLane<T> operator ^(OneLane<T> a, OneLane<T> b) => FromBits(a.Bits() ^ b.Bits());

    public static OneLane<T> AndNot(OneLane<T> a, OneLane<T> mask) => FromBits(a.Bits() & ~mask.Bits());

    public static OneLane<T> Fma(OneLane<T> a, OneLane<T> b, OneLane<T> c) => new(T.FusedMultiplyAdd(a.value, b.value, c.value));

    public static void AddProduct(ref OneLane<T> sum, OneLane<T> a, OneLane<T> b) => sum = Fma(a, b, sum);

    public static OneLane<T> Sqrt(OneLane<T> a) => new(T.Sqrt(a.value));

    public static OneLane<T> Max(OneLane<T> a, OneLane<T> b) => a.value > b.value ? a : b;

    public static OneLane<T> Min(OneLane<T> a, OneLane<T> b) => a.value < b.value ? a : b;

    public static OneLane<T> LessThan(OneLane<T> a, OneLane<T> b) => FromBits(a.value < b.value ? Ones : 0);

    public static OneLane<T> Equal(OneLane<T> a, OneLane<T> b) => FromBits(a.value == b.value ? Ones : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Select(OneLane<T> mask, OneLane<T> a, OneLane<T> b) =>
        FromBits((mask.Bits() & a.Bits()) | (~mask.Bits() & b.Bits()));

    public static OneLane<T> AddBits(OneLane<T> a, OneLane<T> b) => FromBits(unchecked(a.Bits() + b.Bits()));

    public static OneLane<T> ShiftLeft(OneLane<T> a, int by) => FromBits(a.Bits() << by);

    public static OneLane<T> ShiftRight(OneLane<T> a, int by) => typeof(T) == typeof(float)
        ? FromBits((uint)a.Bits() >>> by)
        : FromBits(a.Bits() >>> by);

    public static OneLane<T> BitsAbove(OneLane<T> a, OneLane<T> b) => FromBits(a.Bits() > b.Bits() ? Ones : 0);

    public static uint Signs(OneLane<T> a) => a.Bits() < 0 ? 1u : 0;

    public static bool AnyBitsAbove(OneLane<T> a, OneLane<T> b) => a.Bits() > b.Bits();

    public static OneLane<T> SumAcross(OneLane<T> v) => v;

    public static OneLane<T> MaxAcross(OneLane<T> v) => v;

    public static void AddTo(double* sums, OneLane<T> v) => *sums += double.CreateTruncating(v.value);

    public static void SumPieces(double* sums, T* x, int count) => Lanes.SumPieces<OneLane<T>, T>(sums, x, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Bits() => typeof(T) == typeof(float)
        ? BitConverter.SingleToInt32Bits((float)(object)value)
        : BitConverter.DoubleToInt64Bits((double)(object)value);
}
