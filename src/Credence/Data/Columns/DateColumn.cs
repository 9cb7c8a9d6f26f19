namespace Credence.Data.Columns;

/// <summary>Points in time, one a row, without a zone.</summary>
/// <param name="name">The column's name.</param>
/// <param name="ticks">100-nanosecond ticks since 0001-01-01, one a row; <see cref="Missing"/> where missing. The column takes ownership.</param>
public sealed class DateColumn(string name, long[] ticks) : IColumn
{
    /// <summary>The tick count that stands for a missing date.</summary>
    public const long Missing = long.MinValue;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Date;

    /// <inheritdoc/>
    public int Count => ticks.Length;

    /// <summary>Ticks, one a row; <see cref="Missing"/> where missing.</summary>
    public ReadOnlySpan<long> Ticks => ticks;

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows) => new DateColumn(Name, Gather.Rows(ticks, rows));
}
