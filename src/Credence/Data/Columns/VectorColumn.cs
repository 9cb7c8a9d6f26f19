namespace Credence.Data.Columns;

/// <summary>A fixed number of numbers per row, such as an embedding or a matrix read from npz.</summary>
/// <param name="name">The column's name.</param>
/// <param name="values">[rows, width], row-major; NaN where missing. The column takes ownership.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="width">Numbers per row.</param>
public sealed class VectorColumn(string name, float[] values, int rows, int width) : IColumn
{
    private readonly float[] values = CellLengths.Shaped(values, rows, width);

    /// <inheritdoc/>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Vector;

    /// <inheritdoc/>
    public int Count { get; } = rows;

    /// <summary>Numbers per row.</summary>
    public int Width { get; } = width;

    /// <summary>[rows, width], row-major.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * Width, Width);

    /// <inheritdoc/>
    public int MissingCells(int row)
    {
        int missing = 0;
        foreach (float value in Row(row))
            missing += float.IsNaN(value) ? 1 : 0;

        return missing;
    }

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows) => new VectorColumn(Name, Gather.Rows(values, rows, Width), rows.Length, Width);

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape => [Width];

    /// <inheritdoc/>
    public long Bytes => sizeof(float) * (long)values.Length;

    /// <inheritdoc/>
    public IColumn Rename(string name) => new VectorColumn(name, values, Count, Width);

    /// <inheritdoc/>
    public IColumn Append(IReadOnlyList<IColumn> others)
    {
        float[] all = CellConcatenation.Join(this, others, column => column.Values);
        return new VectorColumn(Name, all, Count + others.Sum(other => other.Count), Width);
    }

    /// <inheritdoc/>
    public void MixInto(Span<ulong> hashes)
    {
        for (int row = 0; row < hashes.Length; row++)
        {
            foreach (float value in Row(row))
                hashes[row] = ByteHash.MixNumber(hashes[row], value);
        }
    }

    /// <inheritdoc/>
    public string Describe(int row) => $"of {Width} numbers";
}
