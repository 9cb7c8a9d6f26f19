using System.IO.Compression;
using Credence.Fuzz.Seeds;
using Credence.Numerics;

namespace Credence.Fuzz.Structures;

/// <summary>Changes what an archive's arrays unpack to, and packs it again with the sizes and checksums that belong to it.</summary>
internal static class NpzMutation
{
    private const int MaxEntry = 1 << 20;

    public static byte[] Mutate(byte[] file, Func<byte[], byte[]> change, Rng chance)
    {
        using var archive = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        var entries = new List<(string Name, byte[] Bytes)>();
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            var bytes = new byte[MaxEntry];
            entries.Add((entry.FullName, bytes[..stream.ReadAtLeast(bytes, MaxEntry, throwOnEndOfStream: false)]));
        }

        if (entries.Count == 0)
            return change(file);

        int at = chance.NextInt(entries.Count);
        switch (chance.NextInt(8))
        {
            case 0:
                entries.RemoveAt(at);
                break;
            case 1:
                entries.Add((entries[chance.NextInt(entries.Count)].Name, entries[at].Bytes));
                break;
            case 2:
                entries[at] = (new string([.. change([.. entries[at].Name.Select(c => (byte)c)]).Select(b => (char)b)]), entries[at].Bytes);
                break;
            default:
                entries[at] = (entries[at].Name, change(entries[at].Bytes));
                break;
        }

        return ArrayBytes.Zip(chance.NextInt(2) == 0 ? CompressionLevel.NoCompression : CompressionLevel.Fastest, [.. entries]);
    }
}
