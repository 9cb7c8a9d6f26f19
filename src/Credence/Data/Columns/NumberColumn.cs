using System.Globalization;

namespace Credence.Data.Columns;

/// <summary>Numbers, one per row. NaN means missing; readers and encoders reject infinities.</summary>
/// <param name="name">The column's name.</param>
/// <param name="values">One value per row; the column takes ownership.</param>
public sealed class NumberColumn(string name, double[] values) : IColumn
{
    private readonly double[] values = values ?? throw new ArgumentNullException(nameof(values));

    /// <inheritdoc/>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Number;

    /// <inheritdoc/>
    public int Count => values.Length;

    /// <summary>The values, one per row; NaN where missing.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <inheritdoc/>
    public int MissingCells(int row) => double.IsNaN(values[row]) ? 1 : 0;

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows) => new NumberColumn(Name, Gather.Rows(values, rows));

    /// <inheritdoc/>
    public long Bytes => sizeof(double) * (long)Count;

    /// <inheritdoc/>
    public IColumn Rename(string name) => new NumberColumn(name, values);

    /// <inheritdoc/>
    public IColumn Append(IReadOnlyList<IColumn> others) =>
        new NumberColumn(Name, CellConcatenation.Join(this, others, column => column.Values));

    /// <inheritdoc/>
    public void MixInto(Span<ulong> hashes)
    {
        for (int row = 0; row < hashes.Length; row++)
            hashes[row] = ByteHash.MixNumber(hashes[row], values[row]);
    }

    /// <inheritdoc/>
    public string Describe(int row) => double.IsNaN(values[row]) ? "missing" : values[row].ToString("G6", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string?[] Texts() =>
        [.. values.Select(value => double.IsNaN(value) ? null : value.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public double[] Times() => [.. values];
}
