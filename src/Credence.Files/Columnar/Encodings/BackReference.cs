namespace Credence.Files.Columnar.Encodings;

/// <summary>The copy of bytes that came before, of which LZ77 and its kin are made: it may overlap what it writes.</summary>
internal static class BackReference
{
    /// <exception cref="InvalidDataException">It begins before the first byte, or ends past the last.</exception>
    public static void Copy(Span<byte> bytes, ref int at, long back, int length)
    {
        if (back < 1 || back > at || length > bytes.Length - at)
            throw new InvalidDataException("packed data refers to bytes that are not there");

        int from = at - (int)back;
        if (back >= length)
        {
            bytes.Slice(from, length).CopyTo(bytes[at..]);
        }
        else
        {
            for (int i = 0; i < length; i++)
                bytes[at + i] = bytes[from + i];
        }

        at += length;
    }
}
