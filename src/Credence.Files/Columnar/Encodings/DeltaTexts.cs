namespace Credence.Files.Columnar.Encodings;

/// <summary>Byte arrays whose lengths, and the lengths of what they share with the one before, come first (DELTA_LENGTH_BYTE_ARRAY and
/// DELTA_BYTE_ARRAY of Parquet's Encodings.md).</summary>
internal static class DeltaTexts
{
    /// <summary>Reads arrays after their lengths.</summary>
    public static ReadOnlyMemory<byte>[] Lengths(ReadOnlyMemory<byte> bytes, int most)
    {
        long[] lengths = DeltaNumbers.Read(bytes.Span, most, isShort: true, out int at);
        var values = new ReadOnlyMemory<byte>[lengths.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (lengths[i] < 0 || lengths[i] > bytes.Length - at)
                throw new InvalidDataException("the lengths of texts are damaged");

            values[i] = bytes.Slice(at, (int)lengths[i]);
            at += (int)lengths[i];
        }

        return values;
    }

    /// <summary>Reads arrays of which each begins as the one before.</summary>
    /// <param name="bytes">The lengths of the beginnings, then the ends with their lengths.</param>
    /// <param name="most">The most arrays.</param>
    /// <param name="check">Checks the bytes that the arrays take so far: a few packed bytes can stand for many.</param>
    public static ReadOnlyMemory<byte>[] Prefixed(ReadOnlyMemory<byte> bytes, int most, Action<long> check)
    {
        long[] prefixes = DeltaNumbers.Read(bytes.Span, most, isShort: true, out int at);
        ReadOnlyMemory<byte>[] ends = Lengths(bytes[at..], most);
        if (ends.Length != prefixes.Length)
            throw new InvalidDataException("the lengths of texts are damaged");

        long whole = 0;
        ReadOnlyMemory<byte> before = default;
        for (int i = 0; i < ends.Length; i++)
        {
            if (prefixes[i] < 0 || prefixes[i] > before.Length)
                throw new InvalidDataException("the lengths of texts are damaged");

            if (prefixes[i] > 0)
            {
                whole += prefixes[i] + ends[i].Length;
                check(whole);
                ends[i] = (byte[])[.. before.Span[..(int)prefixes[i]], .. ends[i].Span];
            }

            before = ends[i];
        }

        return ends;
    }
}
