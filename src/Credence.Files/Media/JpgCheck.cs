using System.Buffers.Binary;

namespace Credence.Files.Media;

/// <summary>Checks a jpg's segments before it is decoded: the decoder loops forever where a segment claims to extend past the
/// end.</summary>
internal static class JpgCheck
{
    private const int MaxScans = 64;
    private const int EndPadding = 2 << 16;

    /// <summary>A block of 8 × 8 pixels takes a bit or more, so a byte holds at most 512 pixels.</summary>
    private const int MaxPixelsPerByte = 512;

    /// <summary>Whether bytes are the start of a jpg.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, ..];

    /// <summary>Checks that the segments before the first scan lie within the file, and that the scans are few enough to be decoded in a
    /// sensible time.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public static void Segments(ReadOnlySpan<byte> file, string name, int maxPixels)
    {
        long pixels = 0;
        int at = 2;
        while (true)
        {
            while (at + 1 < file.Length && file[at] == 0xFF && file[at + 1] == 0xFF)
                at++;

            if (at + 4 > file.Length || file[at] != 0xFF)
                throw new InvalidDataException($"{name} is damaged: the jpg ends before its image data.");

            byte marker = file[at + 1];
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length)
                throw new InvalidDataException(
                    $"{name} is damaged: a segment of the jpg claims {length} bytes, but {file.Length - at - 2} are left.");

            if (marker is 0xC0 or 0xC1 or 0xC2 && length >= 8)
                pixels = (long)BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..])
                    * BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]);

            if (marker == 0xDA)
                break;

            at += 2 + length;
        }

        if (pixels > (long)MaxPixelsPerByte * file.Length)
            throw new InvalidDataException(
                $"{name} is damaged: {file.Length:N0} bytes are too few for a jpg of {pixels:N0} pixels. Was it copied whole?");

        int scans = file[at..].Count((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        if (pixels == 0 || (scans > 1 && scans * pixels > (long)MaxScans * maxPixels))
            throw new InvalidDataException(
                $"{name} is a jpg of {pixels:N0} pixels in {scans:N0} scans, which is damaged or would take too long to decode.");
    }

    /// <summary>Checks that the picture is whole: that its scans end in the end mark, as a copy that was cut short does not.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void End(ReadOnlySpan<byte> file, string name)
    {
        int at = 2;
        while (at + 4 <= file.Length)
        {
            // In a scan, 0xFF stands before a zero, a restart mark, or the next segment.
            if (file[at] != 0xFF || file[at + 1] is 0 or 0xFF or (>= 0xD0 and <= 0xD7))
                at++;
            else if (file[at + 1] == 0xD9)
                return;
            else
                at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        int last = Math.Max(0, Math.Min(at, file.Length) - 1);
        if (file[last..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < 0)
            throw new InvalidDataException($"{name} is damaged: the jpg ends before its end mark. Was it copied whole?");
    }

    /// <summary>The bytes, with end markers appended where they are a jpg, so that truncated data ends there.</summary>
    public static byte[] Ended(byte[] file)
    {
        if (!IsMagic(file))
            return file;

        var ended = new byte[file.Length + EndPadding];
        file.CopyTo(ended, 0);
        for (int i = file.Length; i < ended.Length; i += 2)
            (ended[i], ended[i + 1]) = (0xFF, 0xD9);

        return ended;
    }
}
