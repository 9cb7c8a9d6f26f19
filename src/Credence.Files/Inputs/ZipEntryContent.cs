using System.IO.Compression;
using System.IO.Hashing;

namespace Credence.Files.Inputs;

/// <summary>The unpacked content of a zip entry, verified against its CRC-32 in the archive (APPNOTE.TXT 4.4.7), which
/// <see cref="ZipArchive"/> does not do.</summary>
internal sealed class ZipEntryContent : ForwardStream
{
    private readonly Crc32 crc = new();
    private readonly Stream inner;
    private readonly uint expected;
    private readonly string place;

    /// <summary>Opens an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="place">File and array for messages.</param>
    /// <exception cref="InvalidDataException">It is encrypted, or compressed by an unsupported method.</exception>
    public ZipEntryContent(ZipArchiveEntry entry, string place)
    {
        if (entry.IsEncrypted)
            throw new InvalidDataException($"{place} is encrypted. Save it without a password.");

        try
        {
            inner = entry.Open();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(
                $"{place} is damaged, or compressed by a method other than deflate. Save it by NumPy's savez or savez_compressed.", error);
        }

        expected = entry.Crc32;
        this.place = place;
    }

    /// <summary>Reads; at the end, verifies the checksum.</summary>
    /// <exception cref="InvalidDataException">The content is not what was saved.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        crc.Append(buffer[..count]);
        return count > 0 || buffer.IsEmpty || crc.GetCurrentHashAsUInt32() == expected
            ? count
            : throw new InvalidDataException($"{place} is damaged: its checksum (CRC-32) does not match. Copy or save the file again.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();

        base.Dispose(disposing);
    }
}
