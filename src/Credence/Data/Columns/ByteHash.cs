using System.Buffers.Binary;

namespace Credence.Data.Columns;

/// <summary>A 64-bit hash of bytes and numbers by folded 128-bit products, the idea of wyhash (Wang Yi, 2019). It is the same on every
/// machine, and not resistant to deliberate collisions.</summary>
internal static class ByteHash
{
    private const ulong Multiplier = 0xA0761D6478BD642F;
    private const ulong Tweak = 0xE7037ED1A0B428DB;

    /// <summary>Mixes a number into a hash.</summary>
    public static ulong Mix(ulong hash, ulong value)
    {
        ulong high = Math.BigMul(hash ^ Multiplier, value ^ Tweak, out ulong low);
        return high ^ low ^ (hash << 1 | hash >> 63);
    }

    /// <summary>Mixes a number into a hash: NaN equals NaN, and 0 equals −0.</summary>
    public static ulong MixNumber(ulong hash, double value) =>
        Mix(hash, double.IsNaN(value) ? ulong.MaxValue : BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value));

    /// <summary>Mixes bytes and their number into a hash.</summary>
    public static ulong Mix(ulong hash, ReadOnlySpan<byte> bytes)
    {
        hash ^= (ulong)bytes.Length * Multiplier;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        if (bytes.IsEmpty)
            return hash;

        ulong last = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
            last = last << 8 | bytes[i];

        return Mix(hash, last);
    }
}
