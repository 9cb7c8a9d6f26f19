using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Half-precision numbers in memory, processed as floats piece by piece.</summary>
internal readonly unsafe struct HalfRows(Half* memory) : IRowSource<float>, IRowTarget<float>
{
    public float* Memory => null;

    public float* Read(long from, int count, float* scratch)
    {
        Half* x = memory + from;
        int i = 0;
        for (; i <= count - 8; i += 8)
            Widen(Vector128.Load((ushort*)(x + i))).Store(scratch + i);
        for (; i < count; i++)
            scratch[i] = (float)x[i];
        return scratch;
    }

    public float* Begin(long from, float* scratch) => scratch;

    public void End(long from, int count, float* scratch)
    {
        Half* y = memory + from;
        int i = 0;
        for (; i <= count - 8; i += 8)
            Narrow(Vector256.Load(scratch + i)).Store((ushort*)(y + i));
        for (; i < count; i++)
            y[i] = float.IsNaN(scratch[i]) ? Half.NaN : (Half)scratch[i];
    }

    /// <summary>Exact: exponent and fraction are shifted into place, and a multiplication corrects the exponent's bias.</summary>
    private static Vector256<float> Widen(Vector128<ushort> halves)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(halves);
        Vector256<uint> bits = Vector256.Create(low, high);
        Vector256<uint> magnitude = (bits & Vector256.Create(0x7FFFU)) << 13, sign = (bits & Vector256.Create(0x8000U)) << 16;
        Vector256<uint> value = (magnitude.AsSingle() * Vector256.Create(5.192296858534828e33f)).AsUInt32();
        Vector256<uint> special = Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(0x7C00U << 13));
        return (value | (special & Vector256.Create(0x7F800000U)) | sign).AsSingle();
    }

    /// <summary>To the nearest, ties to even, for numbers from 0 to 1 and NaN.</summary>
    private static Vector128<ushort> Narrow(Vector256<float> v)
    {
        Vector256<uint> bits = v.AsUInt32();
        Vector256<uint> odd = (bits >>> 13) & Vector256<uint>.One;
        Vector256<uint> normal = ((bits + Vector256.Create(0xFFFU) + odd) >>> 13) - Vector256.Create(112U << 10);

        // Below 2^−14 halves have a spacing of 2^−24, like floats from 0.5 to 1: an addition rounds to them.
        Vector256<uint> small = (v + Vector256.Create(0.5f)).AsUInt32() - Vector256.Create(0.5f).AsUInt32();
        Vector256<uint> result =
            Vector256.ConditionalSelect(Vector256.LessThan(v, Vector256.Create(6.1035156e-5f)).AsUInt32(), small, normal);
        Vector256<uint> nan = Vector256.Create((uint)BitConverter.HalfToUInt16Bits(Half.NaN));
        result = Vector256.ConditionalSelect(Vector256.Equals(v, v).AsUInt32(), result, nan);
        return Vector128.Narrow(result.GetLower(), result.GetUpper());
    }
}
