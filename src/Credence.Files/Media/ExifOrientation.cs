using System.Buffers.Binary;

namespace Credence.Files.Media;

/// <summary>Which way up a picture is (Exif 2.32, tag 0x0112): cameras store it as the sensor lay, and say how to turn it.</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112, EntryLength = 12;

    /// <summary>The orientation of a picture, 1 to 8; 1 where it has none.</summary>
    /// <param name="file">A jpg, png, webp or tiff.</param>
    public static int Of(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> exif = Exif(file);
        if (exif.StartsWith("Exif\0\0"u8))
            exif = exif[6..];

        bool isLittle = exif.StartsWith("II"u8);
        if (exif.Length < 10 || (!isLittle && !exif.StartsWith("MM"u8)))
            return 1;

        uint first = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]) : BinaryPrimitives.ReadUInt32BigEndian(exif[4..]);
        if (first > exif.Length - 2)
            return 1;

        int count = Short(exif[(int)first..]);
        for (int i = 0; i < count; i++)
        {
            long at = first + 2 + ((long)i * EntryLength);
            if (at + EntryLength > exif.Length)
                return 1;

            ReadOnlySpan<byte> entry = exif.Slice((int)at, EntryLength);
            if (Short(entry) == Tag)
                return Short(entry[8..]) is >= 1 and <= 8 and int orientation ? orientation : 1;
        }

        return 1;

        int Short(ReadOnlySpan<byte> bytes) =>
            isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    /// <summary>Turns a picture the right way up.</summary>
    /// <param name="pixels">[height, width, channels] as stored.</param>
    /// <param name="height">The stored height.</param>
    /// <param name="width">The stored width.</param>
    /// <param name="channels">Values per pixel.</param>
    /// <param name="orientation">1 to 8.</param>
    public static (byte[] Pixels, int Height, int Width) Apply(byte[] pixels, int height, int width, int channels, int orientation)
    {
        if (orientation == 1)
            return (pixels, height, width);

        bool isTurned = orientation >= 5, isMirroredAcross = orientation is 2 or 3 or 7 or 8,
            isMirroredDown = orientation is 3 or 4 or 6 or 7;
        (int newHeight, int newWidth) = isTurned ? (width, height) : (height, width);
        var turned = new byte[pixels.Length];
        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                (int down, int across) = isTurned ? (x, y) : (y, x);
                int from = (((isMirroredDown ? height - 1 - down : down) * width)
                    + (isMirroredAcross ? width - 1 - across : across)) * channels;
                pixels.AsSpan(from, channels).CopyTo(turned.AsSpan(((y * newWidth) + x) * channels));
            }
        }

        return (turned, newHeight, newWidth);
    }

    /// <summary>Whether an orientation changes height and width.</summary>
    public static bool Turns(int orientation) => orientation >= 5;

    private static ReadOnlySpan<byte> Exif(ReadOnlySpan<byte> file)
    {
        if (JpgCheck.IsMagic(file))
            return Segment(file);

        if (PngHeader.IsMagic(file))
            return Chunk(file, 8, "eXIf"u8, isBig: true);

        return file.StartsWith("RIFF"u8) ? Chunk(file, 12, "EXIF"u8, isBig: false) : file;
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> file)
    {
        int at = 2;
        while (at + 4 <= file.Length && file[at] == 0xFF && file[at + 1] != 0xDA)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (file[at + 1] == 0xFF)
            {
                at++;
                continue;
            }

            if (length < 2 || length > file.Length - at - 2)
                return [];

            ReadOnlySpan<byte> segment = file.Slice(at + 4, length - 2);
            if (file[at + 1] == 0xE1 && segment.StartsWith("Exif\0\0"u8))
                return segment;

            at += 2 + length;
        }

        return [];
    }

    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> file, long at, ReadOnlySpan<byte> kind, bool isBig)
    {
        while (at + 8 <= file.Length)
        {
            ReadOnlySpan<byte> head = file[(int)at..];
            uint length = isBig ? BinaryPrimitives.ReadUInt32BigEndian(head) : BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            ReadOnlySpan<byte> here = isBig ? head.Slice(4, 4) : head[..4];
            if (here.SequenceEqual(kind))
                return length <= head.Length - 8 ? head.Slice(8, (int)length) : [];

            at += isBig ? 12 + (long)length : 8 + (long)length + (length & 1);
        }

        return [];
    }
}
