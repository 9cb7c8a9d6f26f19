namespace Credence.Files.Columnar.Encodings;

/// <summary>Whole numbers of few bits, in runs of one value or packed (the RLE and bit-packing hybrid of Parquet's Encodings.md).</summary>
internal ref struct BitRuns
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly int width;
    private int at;
    private int repeats;
    private uint repeated;
    private int packed;
    private int bit;

    /// <param name="bytes">The runs.</param>
    /// <param name="width">Bits a value, 0 to 32.</param>
    public BitRuns(ReadOnlySpan<byte> bytes, int width)
    {
        if (width is < 0 or > 32)
            throw new InvalidDataException($"values of {width} bits are not possible");

        this.bytes = bytes;
        this.width = width;
    }

    /// <summary>The next value.</summary>
    /// <exception cref="InvalidDataException">There are no more.</exception>
    public uint Next()
    {
        while (repeats == 0 && packed == 0)
            Run();

        if (repeats > 0)
        {
            repeats--;
            return repeated;
        }

        packed--;
        uint value = Bits(bytes[at..], bit, width);
        bit += width;
        if (packed == 0)
            at = Math.Min(bytes.Length, at + ((bit + 7) / 8));

        return value;
    }

    /// <summary>The bits at a position, least significant first; those past the end are zero.</summary>
    public static uint Bits(ReadOnlySpan<byte> bytes, int bit, int width)
    {
        ulong value = 0;
        int first = bit >> 3, last = (bit + width + 7) >> 3;
        for (int i = first; i < last && i < bytes.Length; i++)
            value |= (ulong)bytes[i] << (8 * (i - first));

        return (uint)((value >> (bit & 7)) & ((1UL << width) - 1));
    }

    private void Run()
    {
        ulong header = 0;
        for (int shift = 0; ; shift += 7)
        {
            if (at >= bytes.Length || shift > 28)
                throw new InvalidDataException("runs of values end too early");

            byte next = bytes[at++];
            header |= (ulong)(next & 127) << shift;
            if (next < 128)
                break;
        }

        if ((header & 1) == 0)
        {
            repeats = (int)Math.Min(int.MaxValue, header >> 1);
            int size = (width + 7) / 8;
            if (size > bytes.Length - at)
                throw new InvalidDataException("runs of values end too early");

            repeated = Bits(bytes[at..], 0, size * 8);
            at += size;
            return;
        }

        // Groups of eight values; those past the last bytes are padding that some writers leave out.
        long values = (long)(header >> 1) * 8, most = width == 0 ? values : (bytes.Length - at) * 8L / width;
        packed = (int)Math.Min(int.MaxValue, Math.Min(values, most));
        bit = 0;
        if (packed == 0 && values > 0)
            throw new InvalidDataException("runs of values end too early");
    }
}
