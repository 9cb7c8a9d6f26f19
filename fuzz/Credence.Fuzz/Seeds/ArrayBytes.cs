using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Credence.Fuzz.Seeds;

/// <summary>Files of arrays: NumPy's and idx.</summary>
public static class ArrayBytes
{
    /// <summary>A bare NumPy array with any header.</summary>
    public static byte[] Npy(string descr, string shape, ReadOnlySpan<byte> elements, bool isColumnMajor = false)
    {
        string header = $"{{'descr': '{descr}', 'fortran_order': {(isColumnMajor ? "True" : "False")}, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY\u0001\0"u8, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header),
            .. elements];
    }

    /// <summary>A bare array of numbers.</summary>
    public static byte[] Npy<T>(string descr, string shape, params T[] elements)
        where T : unmanaged => Npy(descr, shape, MemoryMarshal.AsBytes(elements.AsSpan()));

    /// <summary>A zip file of entries.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name, level);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>An archive of arrays that is not compressed.</summary>
    public static byte[] Npz(params (string Name, byte[] Bytes)[] arrays) =>
        Zip(CompressionLevel.NoCompression, [.. arrays.Select(array => (array.Name + ".npy", array.Bytes))]);

    /// <summary>A zip file whose directory holds the checksums of its unpacked entries as they are now, so that a change of them is read
    /// and not refused for its checksum.</summary>
    public static byte[] Resealed(byte[] zip)
    {
        const int header = 30, record = 46;
        byte[] resealed = [.. zip];
        for (int at = 0; at + record <= zip.Length; at++)
        {
            Span<byte> entry = resealed.AsSpan(at);
            if (!entry.StartsWith("PK\u0001\u0002"u8) || entry[10] != 0)
                continue;

            long size = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]), local = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
            if (local + header > zip.Length)
                continue;

            long content = local + header + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan((int)local + 26))
                + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan((int)local + 28));
            if (content + size <= zip.Length)
                BinaryPrimitives.WriteUInt32LittleEndian(entry[16..], Crc32.HashToUInt32(zip.AsSpan((int)content, (int)size)));
        }

        return resealed;
    }

    /// <summary>An idx file.</summary>
    /// <param name="type">0x08 for bytes, 0x09, 0x0B, 0x0C whole numbers, 0x0D and 0x0E floats.</param>
    /// <param name="lengths">The dimensions' lengths.</param>
    /// <param name="elements">The elements, big-endian.</param>
    public static byte[] Idx(byte type, uint[] lengths, ReadOnlySpan<byte> elements)
    {
        var bytes = new byte[4 + (4 * lengths.Length)];
        bytes[2] = type;
        bytes[3] = (byte)lengths.Length;
        for (int d = 0; d < lengths.Length; d++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + (4 * d)), lengths[d]);

        return [.. bytes, .. elements];
    }

    /// <summary>Bytes packed by gzip.</summary>
    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);

        return packed.ToArray();
    }
}
