using System.IO.Compression;

namespace Credence.Files.Inputs;

/// <summary>The unpacked content of a gzip stream, with an error where it is truncated.</summary>
/// <remarks><see cref="GZipStream"/> ends without an error where the packed bytes are truncated. So a last member of known content is
/// appended to
/// them: it is unpacked completely only if everything before it was complete.</remarks>
internal sealed class GzipContent : ForwardStream
{
    private const int SealLength = 32;
    private static readonly byte[] Seal = [.. Enumerable.Range(0, SealLength).Select(i => (byte)((i * 37) + 11))];
    private static readonly byte[] PackedSeal = Pack(Seal);

    private readonly Sealed source;
    private readonly GZipStream unpacked;
    private readonly byte[] buffer = new byte[(1 << 16) + SealLength];
    private int start;
    private int end;
    private readonly string name;
    private bool ended;

    /// <summary>Unpacks a stream.</summary>
    public GzipContent(Stream packed, string name)
    {
        this.name = name;
        source = new Sealed(packed);
        unpacked = new GZipStream(source, CompressionMode.Decompress);
    }

    /// <summary>The packed bytes read so far.</summary>
    public long PackedBytes => source.PackedBytes;

    public override int Read(Span<byte> target)
    {
        if (target.IsEmpty)
            return 0;

        // The last bytes are held back until more come after them: they may be the seal.
        while (end - start <= SealLength && !ended)
            Fill();

        int count = Math.Min(target.Length, end - start - SealLength);
        if (count <= 0)
            return 0;

        buffer.AsSpan(start, count).CopyTo(target);
        start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();

        base.Dispose(disposing);
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        int read = unpacked.Read(buffer.AsSpan(end));
        end += read;
        ended = read == 0;
        if (ended && !buffer.AsSpan(0, end).SequenceEqual(Seal))
            throw new InvalidDataException($"{name} is damaged: its compressed data is truncated, or other data follows it.");
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression))
            gzip.Write(bytes);

        return packed.ToArray();
    }

    /// <summary>The packed bytes, then the packed seal.</summary>
    private sealed class Sealed(Stream packed) : ForwardStream
    {
        private int sealRead = -1;

        public long PackedBytes { get; private set; }

        public override int Read(Span<byte> target)
        {
            if (sealRead < 0)
            {
                int read = packed.Read(target);
                PackedBytes += read;
                if (read > 0 || target.IsEmpty)
                    return read;

                sealRead = 0;
            }

            int count = Math.Min(target.Length, PackedSeal.Length - sealRead);
            PackedSeal.AsSpan(sealRead, count).CopyTo(target);
            sealRead += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                packed.Dispose();

            base.Dispose(disposing);
        }
    }
}
