using System.Buffers.Binary;
using System.IO.Compression;

namespace Credence.Fuzz.Seeds;

/// <summary>Pictures.</summary>
public static class ImageBytes
{
    /// <summary>A grey baseline jpg of 8 × 8 pixels that get lighter downwards.</summary>
    public static byte[] GreyJpg => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAIAAgBAREA" +
        "/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABgQAAIDAAAAAAAAAAAAAAAAAAADBmKh/9oACAEBAAA/ADlRumH/2Q==");

    /// <summary>A progressive jpg in colour, 8 × 8 pixels.</summary>
    public static byte[] ColourJpg => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8a" +
        "Gi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wgARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAV" +
        "AQEBAAAAAAAAAAAAAAAAAAAAAv/aAAwDAQACEAMQAAABgIf/xAAWEAADAAAAAAAAAAAAAAAAAAAAAgP/2gAIAQEAAQUCip//xAAXEQADAQAAAAAAAAAAAAAAAAAAAgMR/9oACAED" +
        "AQE/AaSXT//EABcRAAMBAAAAAAAAAAAAAAAAAAACAxL/2gAIAQIBAT8Bpd9H/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAGPwJ//8QAFRABAQAAAAAAAAAAAAAAAAAAADH/" +
        "2gAIAQEAAT8hg//aAAwDAQACAAMAAAAQ+//EABURAQEAAAAAAAAAAAAAAAAAAABB/9oACAEDAQE/EIb/xAAWEQADAAAAAAAAAAAAAAAAAAAAESH/2gAIAQIBAT8QcU//xAAVEAEB" +
        "AAAAAAAAAAAAAAAAAAAAUf/aAAgBAQABPxCJ/9k=");

    /// <summary>A png.</summary>
    /// <param name="width">What its header says.</param>
    /// <param name="height">What its header says.</param>
    /// <param name="isGrey">One byte a pixel instead of three.</param>
    /// <param name="rows">The rows' bytes, each begun by its filter.</param>
    public static byte[] Png(int width, int height, bool isGrey, byte[] rows)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = (byte)(isGrey ? 0 : 2);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(rows);

        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    /// <summary>A png of one grey.</summary>
    public static byte[] GreyPng(int width, int height, byte grey)
    {
        var rows = new byte[height * (width + 1)];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = i % (width + 1) == 0 ? (byte)0 : grey;

        return Png(width, height, isGrey: true, rows);
    }

    /// <summary>A bmp of 24 bits a pixel, all of one colour.</summary>
    public static byte[] Bmp(int width, int height, byte red, byte green, byte blue)
    {
        int stride = (width * 3 + 3) / 4 * 4;
        var bytes = new byte[54 + (stride * height)];
        bytes[0] = (byte)'B';
        bytes[1] = (byte)'M';
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), height);
        bytes[26] = 1;
        bytes[28] = 24;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                ((ReadOnlySpan<byte>)[blue, green, red]).CopyTo(bytes.AsSpan(54 + (y * stride) + (x * 3)));
        }

        return bytes;
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] named = [.. name, .. content];
        var bytes = new byte[8 + named.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, content.Length);
        named.CopyTo(bytes.AsSpan(4));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + named.Length), Crc(named));
        return bytes;
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
