using System.Buffers.Binary;

namespace Credence.Files.Columnar.Encodings;

/// <summary>Unpacks a block of Snappy (format_description.txt of google/snappy).</summary>
internal static class SnappyBlock
{
    /// <summary>Unpacks into memory of exactly the unpacked size.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another size.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        int at = 0, to = 0;
        if (Variable(packed, ref at) != (ulong)unpacked.Length)
            throw Damaged();

        while (at < packed.Length)
        {
            byte tag = packed[at++];
            if ((tag & 3) == 0)
            {
                int length = (tag >> 2) + 1;
                if (length > 60)
                {
                    int bytes = length - 60;
                    if (bytes > packed.Length - at)
                        throw Damaged();

                    uint coded = 0;
                    for (int i = 0; i < bytes; i++)
                        coded |= (uint)packed[at++] << (8 * i);

                    length = coded < int.MaxValue ? (int)coded + 1 : int.MaxValue;
                }

                if (length > packed.Length - at || length > unpacked.Length - to)
                    throw Damaged();

                packed.Slice(at, length).CopyTo(unpacked[to..]);
                at += length;
                to += length;
                continue;
            }

            int offsetBytes = (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 };
            if (offsetBytes > packed.Length - at)
                throw Damaged();

            int copied = (tag & 3) == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
            long back = (tag & 3) switch
            {
                1 => ((tag >> 5) << 8) | packed[at],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(packed[at..]),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(packed[at..]),
            };
            at += offsetBytes;
            BackReference.Copy(unpacked, ref to, back, copied);
        }

        if (to != unpacked.Length)
            throw Damaged();
    }

    private static ulong Variable(ReadOnlySpan<byte> packed, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            if (at == packed.Length)
                throw Damaged();

            byte next = packed[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("a block packed by Snappy is damaged");
}
