using System.Globalization;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Parquet;

namespace Credence.Files.Columnar;

/// <summary>The rows of a Parquet file, one row group in memory at a time, each column read on first use.</summary>
internal sealed class ParquetRecords(
    ParquetReader reader, Stream stream, InputFile input, IReadOnlyList<ParquetField> fields, ReadOptions options) : IRecords
{
    private const int MaxGroupRows = 1 << 26;
    private readonly RowMemory memory = new(options);
    private readonly ParquetColumn?[] columns = new ParquetColumn?[fields.Count];
    private readonly char[] scratch = new char[40];
    private ParquetRowGroupReader? group;
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
            if (nextGroup >= reader.RowGroupCount)
                return false;

            group?.Dispose();
            Array.Clear(columns);
            group = ParquetFile.Guarded(input, () => reader.OpenRowGroupReader(nextGroup++));
            long rows = group.RowCount;
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
        ParquetColumn column = Column(field);
        if (column.Number(row) is not { } number)
            return column.Text(row).AsSpan().Trim();

        if (double.IsNaN(number))
            return [];

        return number.TryFormat(scratch, out int length, "R", CultureInfo.InvariantCulture) ? scratch.AsSpan(0, length) : [];
    }

    /// <inheritdoc/>
    public bool TryNumber(int field, out double number)
    {
        ParquetColumn column = Column(field);
        if (column.Number(row) is not { } value)
            return NumberParser.TryParse(column.Text(row).AsSpan().Trim(), out number);

        number = value;
        return !double.IsNaN(number);
    }

    /// <inheritdoc/>
    public bool IsNumber(int field) => Column(field).Number(row) is not null;

    /// <inheritdoc/>
    public void Dispose()
    {
        group?.Dispose();
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private ParquetColumn Column(int field) => columns[field] ??= ParquetFile.Guarded(input, () =>
    {
        long unpacked = ParquetCheck.Pages(group!, fields[field].Field, stream, input.Name, options);
        groupBytes += ((long)groupRows * ParquetColumn.BytesPerValue) + (fields[field].IsText ? 2 * unpacked : 0);
        memory.Check(groupBytes, () => $"{input.Name}: the columns of a row group of {groupRows:N0} rows");
        return ParquetColumn.Read(group!, fields[field], groupRows);
    });
}
