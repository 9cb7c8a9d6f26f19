namespace Credence.Data.Columns;

/// <summary>A fixed number of quantities a row, such as an embedding or a matrix read from npz.</summary>
/// <param name="name">The column's name.</param>
/// <param name="values">[rows, width], row-major; NaN where missing. The column takes ownership.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="width">Quantities a row.</param>
public sealed class VectorColumn(string name, float[] values, int rows, int width) : IColumn
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Vector;

    /// <inheritdoc/>
    public int Count { get; } = rows;

    /// <summary>Quantities a row.</summary>
    public int Width { get; } = width;

    /// <summary>[rows, width], row-major.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The quantities of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * Width, Width);

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows) => new VectorColumn(Name, Gather.Rows(values, rows, Width), rows.Length, Width);
}
