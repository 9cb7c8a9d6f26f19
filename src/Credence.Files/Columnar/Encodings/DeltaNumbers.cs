namespace Credence.Files.Columnar.Encodings;

/// <summary>Whole numbers as packed differences (DELTA_BINARY_PACKED of Parquet's Encodings.md). Sums wrap around, as the writer's
/// did.</summary>
internal static class DeltaNumbers
{
    private const int MaxBlock = 1 << 20;

    /// <summary>Reads all the numbers.</summary>
    /// <param name="bytes">The packed numbers; others may follow them.</param>
    /// <param name="most">The most numbers that there may be.</param>
    /// <param name="isShort">Whether they have 32 bits.</param>
    /// <param name="length">The bytes they take.</param>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static long[] Read(ReadOnlySpan<byte> bytes, int most, bool isShort, out int length)
    {
        int at = 0;
        ulong block = Variable(bytes, ref at), parts = Variable(bytes, ref at), count = Variable(bytes, ref at);
        long value = Signed(Variable(bytes, ref at));
        if (block is 0 or > MaxBlock || parts == 0 || block % parts != 0 || block / parts % 8 != 0 || count > (ulong)most)
            throw Damaged();

        int perPart = (int)(block / parts);
        var values = new long[count];
        int done = 0;
        if (count > 0)
            values[done++] = Cut(value);

        while (done < values.Length)
        {
            long smallest = Signed(Variable(bytes, ref at));
            if (bytes.Length - at < (int)parts)
                throw Damaged();

            ReadOnlySpan<byte> widths = bytes.Slice(at, (int)parts);
            at += (int)parts;
            for (int part = 0; part < widths.Length && done < values.Length; part++)
            {
                int width = widths[part];
                long size = (long)perPart * width / 8;
                if (width > 64)
                    throw Damaged();

                // The last part may be cut after its last value.
                int here = Math.Min(perPart, values.Length - done);
                if ((((long)here * width) + 7) / 8 > bytes.Length - at)
                    throw Damaged();

                ReadOnlySpan<byte> packed = bytes.Slice(at, (int)Math.Min(size, bytes.Length - at));
                at += packed.Length;
                for (int i = 0; i < here; i++)
                {
                    value = unchecked(value + smallest + (long)Bits(packed, (long)i * width, width));
                    values[done++] = Cut(value);
                }
            }
        }

        length = at;
        return values;

        long Cut(long whole) => isShort ? unchecked((int)whole) : whole;
    }

    private static ulong Bits(ReadOnlySpan<byte> bytes, long bit, int width)
    {
        UInt128 value = 0;
        int first = (int)(bit >> 3), last = (int)((bit + width + 7) >> 3);
        for (int i = first; i < last; i++)
            value |= (UInt128)bytes[i] << (8 * (i - first));

        value >>= (int)(bit & 7);
        return width == 64 ? (ulong)value : (ulong)value & ((1UL << width) - 1);
    }

    private static long Signed(ulong coded) => (long)(coded >> 1) ^ -(long)(coded & 1);

    private static ulong Variable(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (at >= bytes.Length)
                throw Damaged();

            byte next = bytes[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("packed differences of numbers are damaged");
}
