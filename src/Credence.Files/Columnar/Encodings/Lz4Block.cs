using System.Buffers.Binary;

namespace Credence.Files.Columnar.Encodings;

/// <summary>Unpacks blocks of LZ4 (lz4_Block_format.md of lz4/lz4), and Hadoop's frames of them.</summary>
internal static class Lz4Block
{
    private const int ShortestMatch = 4;

    /// <summary>Unpacks a block into memory of exactly the unpacked size.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another size.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        if (!TryUnpack(packed, unpacked))
            throw new InvalidDataException("a block packed by LZ4 is damaged");
    }

    /// <summary>Unpacks Hadoop's frames, each with its unpacked and packed size before it, or, as early writers of the same codec left
    /// them out, a block alone.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another size.</exception>
    public static void UnpackFramed(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        if (!TryFrames(packed, unpacked))
            Unpack(packed, unpacked);
    }

    private static bool TryFrames(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        while (packed.Length >= 8)
        {
            uint whole = BinaryPrimitives.ReadUInt32BigEndian(packed), length = BinaryPrimitives.ReadUInt32BigEndian(packed[4..]);
            packed = packed[8..];
            if (length > packed.Length || whole > unpacked.Length || !TryUnpack(packed[..(int)length], unpacked[..(int)whole]))
                return false;

            packed = packed[(int)length..];
            unpacked = unpacked[(int)whole..];
        }

        return packed.IsEmpty && unpacked.IsEmpty;
    }

    private static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        int at = 0, to = 0;
        while (at < packed.Length)
        {
            byte token = packed[at++];
            if (!TryLength(packed, ref at, token >> 4, out int literals) || literals > packed.Length - at
                || literals > unpacked.Length - to)
                return false;

            packed.Slice(at, literals).CopyTo(unpacked[to..]);
            at += literals;
            to += literals;
            if (at == packed.Length)
                break;

            if (packed.Length - at < 2)
                return false;

            int back = BinaryPrimitives.ReadUInt16LittleEndian(packed[at..]);
            at += 2;
            if (!TryLength(packed, ref at, token & 15, out int length) || back < 1 || back > to
                || length > unpacked.Length - to - ShortestMatch)
                return false;

            BackReference.Copy(unpacked, ref to, back, length + ShortestMatch);
        }

        return to == unpacked.Length;
    }

    private static bool TryLength(ReadOnlySpan<byte> packed, ref int at, int coded, out int length)
    {
        length = coded;
        if (coded < 15)
            return true;

        while (at < packed.Length && length < int.MaxValue - 255)
        {
            byte next = packed[at++];
            length += next;
            if (next < 255)
                return true;
        }

        return false;
    }
}
