namespace Credence.Features.Matrices;

/// <summary>A row-major matrix of floats, every value stored.</summary>
public sealed class DenseMatrix : IFeatureMatrix
{
    private readonly float[] values;

    /// <summary>Wraps an array.</summary>
    /// <param name="values">[rows, columns], row-major; the object takes ownership.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of features.</param>
    /// <exception cref="ArgumentException">The length is not rows × columns.</exception>
    public DenseMatrix(float[] values, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.LongLength != (long)rows * columns)
        {
            throw new ArgumentException(
                $"'{nameof(values)}' has length {values.LongLength}, needs {rows} × {columns} = {(long)rows * columns}.", nameof(values));
        }

        this.values = values;
        Rows = rows;
        Columns = columns;
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>[rows, columns], row-major.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The same array, for work on several threads.</summary>
    internal float[] Array => values;

    /// <summary>One row.</summary>
    public ReadOnlySpan<float> Row(int row) => values.AsSpan(checked(row * Columns), Columns);

    /// <inheritdoc/>
    public IFeatureMatrix Select(ReadOnlySpan<int> rows)
    {
        var chosen = new float[checked(rows.Length * Columns)];
        for (int i = 0; i < rows.Length; i++)
            Row(rows[i]).CopyTo(chosen.AsSpan(i * Columns));

        return new DenseMatrix(chosen, rows.Length, Columns);
    }

    /// <inheritdoc/>
    public IEnumerable<(int Feature, float Value)> NonZero(int row)
    {
        for (int j = 0; j < Columns; j++)
        {
            if (values[checked(row * Columns) + j] is var value && value != 0)
                yield return (j, value);
        }
    }
}
