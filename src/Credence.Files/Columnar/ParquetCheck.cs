using System.Buffers.Binary;
using Credence.Files.Inputs;
using Parquet;
using Parquet.Schema;

namespace Credence.Files.Columnar;

/// <summary>Validates a Parquet file's lengths before its reader uses them: a false one makes the reader loop for hours, or use
/// more memory than there is.</summary>
internal static class ParquetCheck
{
    private const int MaxFooter = 1 << 26;
    private const int MaxElements = 1 << 22;
    private const int MaxPageHeader = 1 << 16;

    // Fields of a page's header in the format's parquet.thrift.
    private const int Unpacked = 2, Packed = 3, DataPage = 5, DictionaryPage = 7, DataPageV2 = 8;

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
        var description = new CompactThrift(footer);
        if (!description.TryStructure([]))
            throw new InvalidDataException($"{name} is damaged: the description of its columns is truncated.");

        if (description.Elements > MaxElements)
        {
            throw new InvalidDataException($"{name} describes its columns and row groups in {description.Elements:N0} parts, above the limit "
                + $"of {MaxElements:N0}. Save it with larger row groups or fewer columns.");
        }

        stream.Position = 0;
    }

    /// <summary>Checks the pages of a column in a row group.</summary>
    /// <returns>The bytes that they unpack to.</returns>
    /// <exception cref="InvalidDataException">A page is not within the file, has more values than there are rows, or unpacks to more than
    /// the limits.</exception>
    public static long Pages(ParquetRowGroupReader group, DataField field, Stream stream, string name, ReadOptions options)
    {
        if (group.GetMetadata(field)?.MetaData is not { } column)
            throw new InvalidDataException($"{name} is damaged: a row group lacks column '{NameDisplay.Shortened(field.Name)}'.");

        long at = column.DictionaryPageOffset is > 0 and long dictionary ? Math.Min(dictionary, column.DataPageOffset)
            : column.DataPageOffset;
        long end = at + column.TotalCompressedSize;
        if (at < 4 || column.TotalCompressedSize < 0 || end < at || end > stream.Length)
            throw Damaged($"claims bytes {at:N0} to {end:N0} of a file of {stream.Length:N0}");

        var header = new byte[MaxPageHeader];
        var fields = new long[DataPageV2 + 1];
        var limit = new UnpackLimit($"{name}, column '{NameDisplay.Shortened(field.Name)}',", options.MaxUnpackRatio,
            () => column.TotalCompressedSize);
        long unpacked = 0, values = 0;
        while (at < end)
        {
            Span<byte> here = header.AsSpan(0, (int)Math.Min(header.Length, end - at));
            ReadAt(stream, at, here);
            var walk = new CompactThrift(here);
            Array.Clear(fields);
            if (!walk.TryStructure(fields))
                throw Damaged("has a page without a valid header");

            (long whole, long packed) = (fields[Unpacked], fields[Packed]);
            at += walk.Position + packed;
            unpacked += whole;
            if (packed < 0 || whole < 0 || at > end || unpacked > options.MaxArrayBytes)
            {
                throw Damaged($"has a page of {packed:N0} bytes that unpacks to {whole:N0}; its pages may take {options.MaxArrayBytes:N0} "
                    + "in all");
            }

            limit.Check(unpacked);
            values += Math.Max(fields[DataPage], fields[DataPageV2]);
            if (fields.Min() < 0 || values > group.RowCount)
                throw Damaged($"has pages of {values:N0} values in a row group of {group.RowCount:N0} rows");

            // A value of a dictionary takes a byte or more, but for booleans.
            if (fields[DictionaryPage] > 8 * Math.Max(1, whole))
                throw Damaged($"has a dictionary of {fields[DictionaryPage]:N0} values in {whole:N0} bytes");
        }

        return unpacked;

        InvalidDataException Damaged(string how) => new($"{name} is damaged: column '{NameDisplay.Shortened(field.Name)}' {how}.");
    }

    private static void ReadAt(Stream stream, long position, Span<byte> bytes)
    {
        stream.Position = position;
        stream.ReadExactly(bytes);
    }
}
