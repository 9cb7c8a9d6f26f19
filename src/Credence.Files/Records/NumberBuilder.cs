using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>Collects numbers; missing cells become NaN.</summary>
internal sealed class NumberBuilder(string name, MissingMarkers missing, NumberFormat? way = null) : IColumnBuilder
{
    private double[] values = [];
    private int count, lastCount = 256;

    /// <inheritdoc/>
    public string Expected => way is null ? "a number" : $"a number written like {way.Name}";

    /// <inheritdoc/>
    public long Bytes => values.LongLength * sizeof(double);

    /// <inheritdoc/>
    public bool TryAdd(IRecords records, int field)
    {
        double number = double.NaN;
        if (field >= 0 && TryRead(records, field, out double read))
            number = missing.Has(read) ? double.NaN : read;
        else if (field >= 0 && !missing.Has(records.Text(field)))
            return false;

        if (double.IsInfinity(number) && !missing.Has(records.Text(field)))
            return false;

        if (count == values.Length)
            Array.Resize(ref values, count == 0 ? lastCount : (int)Math.Min(Array.MaxLength, count * 2L));

        values[count++] = double.IsInfinity(number) ? double.NaN : number;
        return true;
    }

    /// <summary>A cell's number: as the column's are written, unless the file holds numbers and not their texts.</summary>
    private bool TryRead(IRecords records, int field, out double number) => way is null || records.IsNumber(field)
        ? records.TryNumber(field, out number) : way.TryParse(records.Text(field), out number);

    /// <inheritdoc/>
    public IColumn Take()
    {
        var column = new NumberColumn(name, values.Length == count ? values : values[..count]);
        (values, lastCount, count) = ([], Math.Max(256, count), 0);
        return column;
    }
}
