using System.IO.Compression;

namespace Credence.Files.Inputs;

/// <summary>Files that are packed: gzip, Zstandard, and a zip of one file are unpacked as they are read; others are refused
/// by name.</summary>
internal static class Packing
{
    /// <summary>The first bytes by which packed files are known, and in a zip the first name.</summary>
    public const int MagicLength = 256;

    private const int ZipName = 30, MostShown = 5;

    /// <summary>The endings of files that are unpacked.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".gz", ".zst", ".zip"];

    // What begins a file, what it is called, and what unpacks it.
    private static readonly (byte[] Magic, string Name, string Tool)[] Refused =
    [
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "xz", "xz -d"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C], "7-Zip", "7z x"),
        ([.. "Rar!"u8, 0x1A, 0x07], "RAR", "unrar x"),
        ([0x04, 0x22, 0x4D, 0x18], "LZ4", "lz4 -d"),
        ([.. "LZIP"u8, 1], "lzip", "lzip -d"),
    ];

    /// <summary>The content of a stream, unpacked where it is packed.</summary>
    /// <param name="whole">The stream, at its beginning; it is disposed of with the result.</param>
    /// <param name="magic">Its first bytes, at most <see cref="MagicLength"/>.</param>
    /// <param name="options">The limits.</param>
    /// <param name="name">The file, for messages.</param>
    /// <exception cref="InvalidDataException">It is packed in a way that is not read, or a zip of no or of several files.</exception>
    public static Stream Unpacked(Stream whole, ReadOnlySpan<byte> magic, ReadOptions options, string name)
    {
        if (magic.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            var content = new GzipContent(whole, name);
            var limit = new UnpackLimit(name, options.MaxUnpackRatio, () => content.PackedBytes);
            return new LimitedStream(content, options.MaxUnpackedBytes, name, limit);
        }

        if (magic.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
        {
            var packed = new CountedStream(whole);
            var limit = new UnpackLimit(name, options.MaxUnpackRatio, () => packed.Count);
            return new LimitedStream(new ZstdSharp.DecompressionStream(packed, leaveOpen: false), options.MaxUnpackedBytes, name, limit);
        }

        if (magic.StartsWith("PK\u0003\u0004"u8) && !IsArrays(magic))
            return Zip(whole, options, name);

        foreach ((byte[] start, string kind, string tool) in Refused)
        {
            if (magic.StartsWith(start))
                throw NotRead(whole, name, kind, tool);
        }

        return magic.Length >= 10 && magic.StartsWith("BZh"u8) && magic.Slice(4, 6).SequenceEqual("1AY&SY"u8)
            ? throw NotRead(whole, name, "bzip2", "bunzip2") : whole;
    }

    /// <summary>Whether a zip is NumPy's archive, by the name of its first file.</summary>
    private static bool IsArrays(ReadOnlySpan<byte> magic)
    {
        if (magic.Length < ZipName)
            return true;

        int length = magic[26] | (magic[27] << 8);
        ReadOnlySpan<byte> first = magic[ZipName..];
        return first[..Math.Min(length, first.Length)].EndsWith(".npy"u8) || length > first.Length;
    }

    private static LimitedStream Zip(Stream whole, ReadOptions options, string name)
    {
        if (!whole.CanSeek)
            throw new InvalidDataException($"{name} is a zip file, which can't be read from a stream. Name the file, or unpack it first.");

        try
        {
            var archive = new ZipArchive(whole, ZipArchiveMode.Read);
            ZipArchiveEntry entry = Only(archive, name);
            var limit = new UnpackLimit(name, options.MaxUnpackRatio, () => entry.CompressedLength);
            return new LimitedStream(new ZipEntryContent(entry, name), options.MaxUnpackedBytes, name, limit, archive);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            whole.Dispose();
            throw error.Message.StartsWith(name, StringComparison.Ordinal) ? error
                : new InvalidDataException($"{name} is damaged: it can't be unpacked as a zip file.", error);
        }
    }

    private static ZipArchiveEntry Only(ZipArchive archive, string name)
    {
        if (archive.GetEntry("[Content_Types].xml") is not null)
            throw new InvalidDataException($"{name} is a spreadsheet or a document of an office program. Save it as csv.");

        ZipArchiveEntry[] files = [.. archive.Entries.Where(entry => entry.Name.Length > 0
            && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && entry.Name != ".DS_Store")];
        if (files is not [var only])
        {
            throw new InvalidDataException(files.Length == 0 ? $"{name} is a zip file with nothing in it."
                : $"{name} is a zip of {files.Length:N0} files: {NameDisplay.List([.. files.Select(file => file.FullName)], MostShown)}. "
                    + "Unpack it, and name a file or the folder.");
        }

        return only.IsEncrypted ? throw new InvalidDataException($"{name} is a zip with a password. Unpack it first.") : only;
    }

    private static InvalidDataException NotRead(Stream whole, string name, string kind, string tool)
    {
        whole.Dispose();
        return new InvalidDataException($"{name} is packed by {kind}, which is not read. Unpack it first, as with: {tool} "
            + $"{NameDisplay.Shortened(Path.GetFileName(name))}");
    }
}
