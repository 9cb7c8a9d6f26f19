using System.Buffers.Binary;

namespace Credence.Fuzz.Seeds;

/// <summary>Sounds.</summary>
public static class WavBytes
{
    /// <summary>A sound with any header.</summary>
    /// <param name="tag">1 for whole numbers, 3 for floats.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="rate">Samples a second.</param>
    /// <param name="bits">Bits a sample.</param>
    /// <param name="data">The samples.</param>
    public static byte[] Wav(int tag, int channels, uint rate, int bits, ReadOnlySpan<byte> data)
    {
        var bytes = new byte[44 + data.Length];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        bytes[16] = 16;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(20), (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(22), (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), rate);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), rate * (uint)(channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(32), (ushort)(channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(34), (ushort)bits);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), data.Length);
        data.CopyTo(bytes.AsSpan(44));
        return bytes;
    }

    /// <summary>A triangular tone of 16 bits in one channel.</summary>
    public static byte[] Tone(uint rate, int samples)
    {
        var data = new byte[samples * 2];
        for (int i = 0; i < samples; i++)
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(2 * i), (short)((Math.Abs((i % 40) - 20) - 10) * 1000));

        return Wav(1, 1, rate, 16, data);
    }
}
