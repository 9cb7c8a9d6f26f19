using System.Buffers.Binary;
using System.IO.Compression;

namespace Credence.Files.Media;

/// <summary>Decodes a png a row at a time, so that beside the pixels only two rows are in memory, whatever the packed data unpacks
/// to (Portable Network Graphics, third edition). Transparent pixels lie on white; of 16 bits the upper 8 are kept.</summary>
internal static class PngFile
{
    /// <summary>Deflate gives at most this many bytes for one (zlib's technical details).</summary>
    private const long MaxDeflation = 1032;

    private const int ChunkOverhead = 12;

    /// <summary>The pixels, [height, width, channels], 0 to 255.</summary>
    /// <exception cref="InvalidDataException">It is damaged: the message says how.</exception>
    public static byte[] Decode(byte[] file, string name, int channels)
    {
        PngHeader header = PngHeader.Read(file, name);
        using Stream packed = Packed(file, name, out byte[] palette, out byte[] transparency);
        if (header.UnpackedBytes > (packed.Length * MaxDeflation) + MaxDeflation)
            throw Short(name, header);

        if (header.Colour == 3 && palette.Length == 0)
            throw new InvalidDataException($"{name} is damaged: it is a png with a palette, and has none.");

        var pixels = new byte[(long)header.Width * header.Height * channels];
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        foreach (PngPass pass in header.Passes)
            ReadPass(rows, header, pass, new PngPixels(header, palette, transparency, channels), pixels, name);

        return pixels;
    }

    private static void ReadPass(Stream rows, PngHeader header, PngPass pass, PngPixels converter, byte[] pixels, string name)
    {
        int columns = pass.Columns(header), length = header.RowBytes(columns), step = Math.Max(1, header.Samples * header.Depth / 8);
        byte[] row = new byte[length + 1], before = new byte[length + 1];
        for (int y = pass.Y; y < header.Height; y += pass.StepY)
        {
            if (!TryRead(rows, row, name))
                throw Short(name, header);

            PngFilter.Undo(row[0], row.AsSpan(1), before.AsSpan(1), step, name);
            converter.Write(row.AsSpan(1), columns, pixels, ((long)y * header.Width) + pass.X, pass.StepX);
            (row, before) = (before, row);
        }
    }

    private static bool TryRead(Stream rows, byte[] row, string name)
    {
        try
        {
            return rows.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) == row.Length;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{name} is damaged: its packed pixels can't be unpacked.", error);
        }
    }

    /// <summary>The packed pixels, from all chunks IDAT, the palette, and what is transparent.</summary>
    private static MemoryStream Packed(byte[] file, string name, out byte[] palette, out byte[] transparency)
    {
        palette = transparency = [];
        var parts = new List<(int Start, int Length)>();
        int at = 8;
        while (true)
        {
            if (file.Length - at < ChunkOverhead)
                throw new InvalidDataException($"{name} is damaged: the png ends before its end mark. Was it copied whole?");

            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            ReadOnlySpan<byte> kind = file.AsSpan(at + 4, 4);
            if (length > file.Length - at - ChunkOverhead)
                throw new InvalidDataException($"{name} is damaged: a part of the png claims {length:N0} bytes, but "
                    + $"{file.Length - at - ChunkOverhead:N0} are left.");

            if (kind.SequenceEqual("IEND"u8))
                break;

            if (kind.SequenceEqual("IDAT"u8))
                parts.Add((at + 8, (int)length));
            else if (kind.SequenceEqual("PLTE"u8))
                palette = length is > 0 and <= 768 && length % 3 == 0 ? file[(at + 8)..(at + 8 + (int)length)]
                    : throw new InvalidDataException($"{name} is damaged: its palette has {length:N0} bytes.");
            else if (kind.SequenceEqual("tRNS"u8))
                transparency = file[(at + 8)..(at + 8 + (int)length)];
            else if ((kind[0] & 32) == 0 && !kind.SequenceEqual("IHDR"u8))
                throw new InvalidDataException($"{name} is a png with a part that is not in the standard, so it is damaged or of an "
                    + "unsupported kind.");

            at += ChunkOverhead + (int)length;
        }

        if (parts is [var only])
            return new MemoryStream(file, only.Start, only.Length, writable: false);

        var packed = new MemoryStream(parts.Sum(part => part.Length));
        foreach ((int start, int size) in parts)
            packed.Write(file, start, size);

        packed.Position = 0;
        return packed;
    }

    private static InvalidDataException Short(string name, PngHeader header) => new(
        $"{name} is damaged: its packed data is too short for {header.Width:N0} × {header.Height:N0} pixels. Was it copied whole?");
}
