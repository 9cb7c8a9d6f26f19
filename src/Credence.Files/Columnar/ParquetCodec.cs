using System.IO.Compression;
using Credence.Files.Columnar.Encodings;

namespace Credence.Files.Columnar;

/// <summary>Unpacks the bytes of pages into memory of the size that the page's header states.</summary>
internal static class ParquetCodec
{
    /// <summary>The codecs of parquet.thrift, by their numbers.</summary>
    private static readonly string[] Names = ["none", "Snappy", "gzip", "LZO", "Brotli", "LZ4", "Zstandard", "LZ4 raw"];

    /// <summary>Unpacks.</summary>
    /// <exception cref="InvalidDataException">It is damaged, of another size, or packed in a way that is not read.</exception>
    public static void Unpack(long codec, ReadOnlyMemory<byte> packed, Span<byte> unpacked)
    {
        // Some writers pack nothing into nothing.
        if (unpacked.IsEmpty)
            return;

        switch (codec)
        {
            case 0 when packed.Length == unpacked.Length:
                packed.Span.CopyTo(unpacked);
                break;
            case 1:
                SnappyBlock.Unpack(packed.Span, unpacked);
                break;
            case 2:
                Gzip(packed, unpacked);
                break;
            case 4 when BrotliDecoder.TryDecompress(packed.Span, unpacked, out int written) && written == unpacked.Length:
                break;
            case 5:
                Lz4Block.UnpackFramed(packed.Span, unpacked);
                break;
            case 6:
                Zstandard(packed.Span, unpacked);
                break;
            case 7:
                Lz4Block.Unpack(packed.Span, unpacked);
                break;
            case 0 or 4:
                throw new InvalidDataException($"a page packed by {Names[codec]} is damaged");
            default:
                string name = codec is >= 0 and < 8 ? Names[codec] : $"codec {codec}";
                throw new InvalidDataException($"it is packed by {name}, which is not read; save it with snappy or zstd");
        }
    }

    private static void Gzip(ReadOnlyMemory<byte> packed, Span<byte> unpacked)
    {
        using var stream = new MemoryStream(packed.ToArray());
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        int read = gzip.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
        if (read < unpacked.Length || gzip.ReadByte() >= 0)
            throw new InvalidDataException("a page packed by gzip is damaged");
    }

    private static void Zstandard(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        using var decompressor = new ZstdSharp.Decompressor();
        if (!decompressor.TryUnwrap(packed, unpacked, out int written) || written != unpacked.Length)
            throw new InvalidDataException("a page packed by Zstandard is damaged");
    }
}
