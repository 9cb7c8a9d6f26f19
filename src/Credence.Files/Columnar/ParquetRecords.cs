using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Columnar;

/// <summary>The rows of a Parquet file, one row group in memory at a time, each column read on first use.</summary>
internal sealed class ParquetRecords(
    ParquetFooter footer, Stream stream, InputFile input, IReadOnlyList<ParquetField> fields, ReadOptions options) : IRecords
{
    private const int MaxGroupRows = 1 << 26;
    private readonly RowMemory memory = new(options);
    private readonly ParquetColumn?[] columns = new ParquetColumn?[footer.Leaves.Count];
    private int nextGroup;
    private int groupRows;
    private long groupBytes;
    private int row = -1;

    /// <inheritdoc/>
    public int Fields => fields.Count;

    /// <inheritdoc/>
    public long Line { get; private set; }

    /// <inheritdoc/>
    public bool Next()
    {
        row++;
        while (row >= groupRows)
        {
            if (nextGroup >= footer.Groups.Count)
                return false;

            Array.Clear(columns);
            long rows = footer.Groups[nextGroup++].Rows;
            if (rows is < 0 or > MaxGroupRows)
                throw new InvalidDataException($"{input.Name} has a row group of {rows:N0} rows, above the limit of {MaxGroupRows:N0}. "
                    + "Save it with smaller row groups.");

            (groupRows, groupBytes) = ((int)rows, 0);
            row = 0;
        }

        Line++;
        return true;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<char> Text(int field)
    {
        ParquetField asked = fields[field];
        ParquetColumn column = Column(field);
        try
        {
            // A number without a name, −1 where there is none, is no label.
            if (asked.LabelNames is not { } names || column.Whole(row, asked.Position) is not { } number)
                return column.Text(row, asked.Position);

            return number >= 0 && number < names.Count ? names[(int)number] : number == -1 ? [] : column.Text(row, asked.Position);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(
                $"{new Data.RowPlace(input.Name, Line)}, column '{NameDisplay.Shortened(asked.Name)}': {error.Message}. "
                    + ParquetFile.WayOut(asked.Leaf.Name), error);
        }
    }

    /// <inheritdoc/>
    public bool TryNumber(int field, out double number)
    {
        ParquetField asked = fields[field];
        if (asked.LabelNames is null)
            return Column(field).TryNumber(row, asked.Position, out number);

        return NumberParser.TryParse(Text(field), out number);
    }

    /// <summary>The bytes of a cell; null where they are missing.</summary>
    public ReadOnlyMemory<byte>? Bytes(int field) => Column(field).Bytes(row, fields[field].Position);

    /// <summary>The values of a column in a row group.</summary>
    public static ParquetVector Vector(
        ParquetFooter footer, int group, ParquetLeaf leaf, Stream stream, InputFile input, ReadOptions options,
        Action<long>? check = null) =>
        ParquetFile.Guarded(input, leaf.Name, () =>
        {
            (IReadOnlyList<ParquetPage> pages, long unpacked, int values) =
                ParquetCheck.Pages(footer.Groups[group], leaf, stream, input.Name, options);
            bool isText = leaf.Element.Type is ParquetElement.ByteArray or ParquetElement.FixedBytes;
            check?.Invoke(((long)values * ParquetColumn.BytesPerValue) + (isText ? 2 * unpacked : 0));
            return ParquetVector.Read(leaf, footer.Groups[group].Chunks[leaf.Index].Codec, pages, values, stream, options);
        });

    /// <inheritdoc/>
    public bool IsNumber(int field) => fields[field].LabelNames is null && Column(field).HoldsNumbers;

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private ParquetColumn Column(int field)
    {
        ParquetField asked = fields[field];
        return columns[asked.Leaf.Index] ??= Read(asked);
    }

    private ParquetColumn Read(ParquetField asked)
    {
        ParquetVector vector = Vector(footer, nextGroup - 1, asked.Leaf, stream, input, options, bytes =>
        {
            groupBytes += bytes;
            memory.Check(groupBytes, () => $"{input.Name}: the columns of a row group of {groupRows:N0} rows");
        });
        return ParquetFile.Guarded(input, asked.Leaf.Name, () => new ParquetColumn(asked.Leaf, vector, groupRows, asked.ListLength));
    }
}
