using System.Buffers.Binary;
using Credence.Files.Inputs;
using Parquet;
using Parquet.Schema;

namespace Credence.Files.Columnar;

/// <summary>Validates a Parquet file's lengths before its reader uses them: a false one makes the reader loop for hours, or use
/// more memory than there is.</summary>
internal static class ParquetCheck
{
    private const int MaxFooter = 1 << 28;
    private const int MaxPageHeader = 1 << 16;

    /// <summary>Checks the footer.</summary>
    /// <exception cref="InvalidDataException">It is truncated or absent.</exception>
    public static void Footer(Stream stream, string name)
    {
        var tail = new byte[8];
        if (stream.Length < 12)
            throw new InvalidDataException($"{name} is damaged: it has {stream.Length} bytes, too few for a Parquet file.");

        ReadAt(stream, stream.Length - 8, tail);
        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail.AsSpan(4).SequenceEqual("PAR1"u8) || length < 1 || length > Math.Min(MaxFooter, stream.Length - 12))
            throw new InvalidDataException($"{name} is damaged: it does not end as a Parquet file. Was it copied whole?");

        var footer = new byte[length];
        ReadAt(stream, stream.Length - 8 - length, footer);
        if (!new CompactThrift(footer).TryStructure([]))
            throw new InvalidDataException($"{name} is damaged: the description of its columns is truncated.");

        stream.Position = 0;
    }

    /// <summary>Checks the pages of a column in a row group.</summary>
    /// <exception cref="InvalidDataException">A page is not within the file, or unpacks to more than the limit.</exception>
    public static void Pages(ParquetRowGroupReader group, DataField field, Stream stream, string name, long maxBytes)
    {
        if (group.GetMetadata(field)?.MetaData is not { } column)
            throw new InvalidDataException($"{name} is damaged: a row group lacks column '{NameDisplay.Shortened(field.Name)}'.");

        long at = column.DictionaryPageOffset is > 0 and long dictionary ? Math.Min(dictionary, column.DataPageOffset)
            : column.DataPageOffset;
        long end = at + column.TotalCompressedSize;
        if (at < 4 || column.TotalCompressedSize < 0 || end < at || end > stream.Length)
            throw Damaged($"claims bytes {at:N0} to {end:N0} of a file of {stream.Length:N0}");

        var header = new byte[MaxPageHeader];
        var fields = new long[4];
        long unpacked = 0;
        while (at < end)
        {
            Span<byte> here = header.AsSpan(0, (int)Math.Min(header.Length, end - at));
            ReadAt(stream, at, here);
            var walk = new CompactThrift(here);
            Array.Clear(fields);
            if (!walk.TryStructure(fields))
                throw Damaged("has a page without a valid header");

            (long whole, long packed) = (fields[2], fields[3]);
            at += walk.Position + packed;
            unpacked += whole;
            if (packed < 0 || whole < 0 || at > end || unpacked > maxBytes)
                throw Damaged($"has a page of {packed:N0} bytes that unpacks to {whole:N0}; its pages may take {maxBytes:N0} in all");
        }

        InvalidDataException Damaged(string how) => new($"{name} is damaged: column '{NameDisplay.Shortened(field.Name)}' {how}.");
    }

    private static void ReadAt(Stream stream, long position, Span<byte> bytes)
    {
        stream.Position = position;
        stream.ReadExactly(bytes);
    }
}
