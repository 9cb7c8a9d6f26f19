using System.IO.Compression;
using System.IO.Hashing;

namespace Credence.Files.Arrays;

/// <summary>What an entry of a zip file unpacks to, compared with the CRC-32 that the archive keeps of it (APPNOTE.TXT 4.4.7), which
/// <see cref="ZipArchive"/> does not do.</summary>
internal sealed class ZipEntryContent : Stream
{
    private readonly Crc32 crc = new();
    private readonly Stream inner;
    private readonly uint expected;
    private readonly string place;

    /// <summary>Opens an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="place">File and array for messages.</param>
    /// <exception cref="InvalidDataException">It is encrypted, or packed in a way that can't be read.</exception>
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
            throw new InvalidDataException($"{place} is damaged, or packed by another method than deflate. NumPy's savez and savez_compressed write what can be read.", error);
        }

        expected = entry.Crc32;
        this.place = place;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads; at the end, all that was read is compared with the checksum.</summary>
    /// <exception cref="InvalidDataException">The content is not what was saved.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        crc.Append(buffer[..count]);
        return count > 0 || buffer.IsEmpty || crc.GetCurrentHashAsUInt32() == expected
            ? count
            : throw new InvalidDataException($"{place} is damaged: its bytes are not those its checksum (CRC-32) was made of. Copy or save the file again.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();

        base.Dispose(disposing);
    }
}
