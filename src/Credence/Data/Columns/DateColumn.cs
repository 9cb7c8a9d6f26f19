using System.Globalization;

namespace Credence.Data.Columns;

/// <summary>Points in time, one per row, without a time zone.</summary>
/// <param name="name">The column's name.</param>
/// <param name="ticks">100-nanosecond ticks since 0001-01-01, one per row; <see cref="Missing"/> where missing. The column takes
/// ownership.</param>
public sealed class DateColumn(string name, long[] ticks) : IColumn
{
    private readonly long[] ticks = ticks ?? throw new ArgumentNullException(nameof(ticks));

    /// <summary>The tick count that stands for a missing date.</summary>
    public const long Missing = long.MinValue;

    /// <inheritdoc/>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Date;

    /// <inheritdoc/>
    public int Count => ticks.Length;

    /// <summary>Ticks, one per row; <see cref="Missing"/> where missing.</summary>
    public ReadOnlySpan<long> Ticks => ticks;

    /// <inheritdoc/>
    public int MissingCells(int row) => ticks[row] == Missing ? 1 : 0;

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows) => new DateColumn(Name, Gather.Rows(ticks, rows));

    /// <inheritdoc/>
    public long Bytes => sizeof(long) * (long)Count;

    /// <inheritdoc/>
    public IColumn Rename(string name) => new DateColumn(name, ticks);

    /// <inheritdoc/>
    public IColumn Append(IReadOnlyList<IColumn> others) =>
        new DateColumn(Name, CellConcatenation.Join(this, others, column => column.Ticks));

    /// <inheritdoc/>
    public void MixInto(Span<ulong> hashes)
    {
        for (int row = 0; row < hashes.Length; row++)
            hashes[row] = ByteHash.Mix(hashes[row], (ulong)ticks[row]);
    }

    /// <inheritdoc/>
    public string Describe(int row) =>
        ticks[row] == Missing ? "missing" : new DateTime(ticks[row]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string?[] Texts() => [.. ticks.Select(date => date == Missing
        ? null
        : new DateTime(date).ToString(new DateTime(date).TimeOfDay == default ? "yyyy-MM-dd" : "s", CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public double[] Times() => [.. ticks.Select(date => date == Missing ? double.NaN : date)];
}
