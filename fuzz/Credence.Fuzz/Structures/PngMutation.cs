using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Credence.Numerics;

namespace Credence.Fuzz.Structures;

/// <summary>Changes the content of a png's chunks, that of the pixels unpacked, and writes lengths and checksums that belong to it.</summary>
internal static class PngMutation
{
    private const int MaxRows = 1 << 20;

    public static byte[] Mutate(byte[] file, Func<byte[], byte[]> change, Rng chance)
    {
        var chunks = new List<(byte[] Name, byte[] Content)>();
        for (int at = 8; at + 12 <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length < 0 || length > file.Length - at - 12)
                return change(file);

            chunks.Add((file[(at + 4)..(at + 8)], file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        if (chunks.Count == 0)
            return change(file);

        int chosen = chance.NextInt(chunks.Count);
        (byte[] name, byte[] content) = chunks[chosen];
        bool isPacked = name.AsSpan().SequenceEqual("IDAT"u8) && chance.NextInt(4) > 0;
        if (chance.NextInt(10) == 0)
            chunks.Insert(chance.NextInt(chunks.Count), chunks[chosen]);
        else
            chunks[chosen] = (name, isPacked ? Packed(change(Unpacked(content))) : change(content));

        using var written = new MemoryStream();
        written.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        var number = new byte[4];
        foreach ((byte[] kind, byte[] bytes) in chunks)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, bytes.Length);
            written.Write(number);
            written.Write(kind);
            written.Write(bytes);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32((byte[])[.. kind, .. bytes]));
            written.Write(number);
        }

        return written.ToArray();
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var rows = new byte[MaxRows];
        return rows[..zlib.ReadAtLeast(rows, MaxRows, throwOnEndOfStream: false)];
    }

    private static byte[] Packed(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);

        return packed.ToArray();
    }
}
