namespace Credence.Data.Columns;

/// <summary>Quantities, one a row. NaN means missing; infinities are refused by whoever reads.</summary>
/// <param name="name">The column's name.</param>
/// <param name="values">One value a row; the column takes ownership.</param>
public sealed class NumberColumn(string name, double[] values) : IColumn
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Number;

    /// <inheritdoc/>
    public int Count => values.Length;

    /// <summary>The values, one a row; NaN where missing.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows) => new NumberColumn(Name, Gather.Rows(values, rows));
}
