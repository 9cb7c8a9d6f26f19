using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>Collects dates.</summary>
internal sealed class DateBuilder(string name, MissingMarkers missing, DateOrder? order = null) : IColumnBuilder
{
    private readonly List<long> ticks = [];

    /// <inheritdoc/>
    public string Expected => order switch
    {
        DateOrder.Dmy => "a date such as 2026-03-31 or 31/3/2026 (day first)",
        DateOrder.Mdy => "a date such as 2026-03-31 or 3/31/2026 (month first)",
        DateOrder.Ymd => "a date such as 2026-03-31 or 26/3/31 (year first)",
        _ => "a date such as 2026-03-31, 31.3.2026 or 3/31/2026 (month first)",
    };

    /// <inheritdoc/>
    public long Bytes => ticks.Capacity * (long)sizeof(long);

    /// <inheritdoc/>
    public bool TryAdd(IRecords records, int field)
    {
        ReadOnlySpan<char> cell = field < 0 ? [] : records.Text(field);
        long date = DateColumn.Missing;
        if (!missing.Has(cell) && !DateParser.TryParse(cell, order, out date))
            return false;

        ticks.Add(date);
        return true;
    }

    /// <inheritdoc/>
    public IColumn Take()
    {
        var column = new DateColumn(name, [.. ticks]);
        ticks.Clear();
        return column;
    }
}
