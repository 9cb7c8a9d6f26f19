using System.Text;
using System.Text.Unicode;

namespace Credence.Files.Inputs;

/// <summary>Detects a text's encoding from its byte order mark, its zero bytes, or whether it is valid UTF-8.</summary>
internal static class TextEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly UnicodeEncoding LittleEndian = new(false, true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndian = new(true, true, throwOnInvalidBytes: true);

    /// <summary>The requested encoding, or the detected one; a note where it is not UTF-8.</summary>
    public static (Encoding Encoding, string? Note) Detect(InputFile file, string? asked)
    {
        if (asked is not null)
            return (Named(asked), null);

        ReadOnlySpan<byte> head = file.Head;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (StrictUtf8, null);

        if (head is [0x80, >= 2 and <= 5, ..])
            throw new InvalidDataException($"{file.Name} is a Python pickle, which only Python can read and which may run code. Save "
                + "numbers instead: numpy.savez, or csv.");

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            return (new UTF32Encoding(bigEndian: head[0] == 0, byteOrderMark: true, throwOnInvalidCharacters: true),
                $"{file.Name} is read as UTF-32.");

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || (head.Length >= 4 && ZeroShare(head, 1) > 0.3 && ZeroShare(head, 0) < 0.05))
            return (LittleEndian, $"{file.Name} is read as UTF-16 ({ReadOptionNames.Encoding}).");

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || (head.Length >= 4 && ZeroShare(head, 0) > 0.3 && ZeroShare(head, 1) < 0.05))
            return (BigEndian, $"{file.Name} is read as big-endian UTF-16 ({ReadOptionNames.Encoding}).");

        if (head.Contains((byte)0))
        {
            throw new InvalidDataException(
                $"{file.Name} holds zero bytes, so it is not text, and no supported format matches its start "
                + "(csv, jsonl, parquet, npz, idx, png, jpg, bmp, webp, gif, tiff, wav).");
        }

        return IsUtf8(file)
            ? (StrictUtf8, null)
            : (Windows, $"{file.Name} is not valid UTF-8 and is read as Windows-1252 ({ReadOptionNames.Encoding}).");
    }

    /// <summary>Reads text in an encoding, past a byte order mark.</summary>
    public static TextReader Open(InputFile file, Encoding encoding) =>
        StrayReturns.Over(
            file, new DecodedText(new StreamReader(file.Open(), encoding, detectEncodingFromByteOrderMarks: true, 1 << 16), file.Name));

    private static Encoding Named(string name) => name.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal) switch
    {
        "UTF8" => StrictUtf8,
        "UTF16" or "UTF16LE" => LittleEndian,
        "UTF16BE" => BigEndian,
        "WINDOWS1252" or "CP1252" => Windows,
        "LATIN1" or "ISO88591" or "ASCII" or "USASCII" => Encoding.Latin1,
        _ => throw new ArgumentException(
            $"{ReadOptionNames.Encoding} '{name}' is not known; utf-8, utf-16, utf-16be, windows-1252 and latin1 are supported."),
    };

    private static double ZeroShare(ReadOnlySpan<byte> bytes, int parity)
    {
        int zeros = 0;
        for (int i = parity; i < bytes.Length; i += 2)
            zeros += bytes[i] == 0 ? 1 : 0;

        return 2.0 * zeros / bytes.Length;
    }

    /// <summary>Whether all of a file, or the head of a stream that can be read only once, is UTF-8.</summary>
    private static bool IsUtf8(InputFile file)
    {
        if (file.IsAllHead)
            return Utf8.IsValid(file.Head);

        if (!file.CanReopen)
            return Utf8.IsValid(Whole(file.Head));

        using Stream stream = file.Open();
        var buffer = new byte[1 << 20];
        int kept = 0;
        while (true)
        {
            int read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            Span<byte> block = buffer.AsSpan(0, kept + read);
            if (block.Length < buffer.Length)
                return Utf8.IsValid(block);

            ReadOnlySpan<byte> whole = Whole(block);
            if (!Utf8.IsValid(whole))
                return false;

            kept = block.Length - whole.Length;
            block[whole.Length..].CopyTo(buffer);
        }
    }

    /// <summary>The bytes without an incomplete character at the end.</summary>
    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            byte b = bytes[^back];
            if (b >= 0xC0)
                return (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) > back ? bytes[..^back] : bytes;
        }

        return bytes;
    }
}
