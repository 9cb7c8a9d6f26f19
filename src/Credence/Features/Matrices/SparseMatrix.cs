namespace Credence.Features.Matrices;

/// <summary>A matrix of floats in compressed sparse row form: only non-zero values are stored.</summary>
public sealed class SparseMatrix : IFeatureMatrix
{
    private readonly int[] starts;
    private readonly int[] indices;
    private readonly float[] values;

    /// <summary>Wraps the three arrays.</summary>
    /// <param name="starts">Rows + 1 non-decreasing offsets, the first 0; row <c>i</c> is the entries <c>starts[i]</c> to <c>starts[i +
    /// 1]</c>.</param>
    /// <param name="indices">The column of each entry, increasing within a row.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="columns">The number of features.</param>
    /// <exception cref="ArgumentException">The arrays don't describe a valid matrix.</exception>
    public SparseMatrix(int[] starts, int[] indices, float[] values, int columns)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(values);
        if (starts.Length == 0 || starts[0] != 0 || starts[^1] != indices.Length || indices.Length != values.Length)
        {
            throw new ArgumentException(
                $"'{nameof(starts)}' must begin with 0 and end with the {indices.Length} entries, as many as the {values.Length} values.",
                nameof(starts));
        }

        for (int row = 0; row + 1 < starts.Length; row++)
        {
            if (starts[row + 1] < starts[row])
                throw new ArgumentException($"'{nameof(starts)}' falls from {starts[row]} to {starts[row + 1]} at row {row}.",
                    nameof(starts));

            int previous = -1;
            foreach (int column in indices.AsSpan(starts[row], starts[row + 1] - starts[row]))
            {
                if (column <= previous || column >= columns)
                {
                    throw new ArgumentException(
                        $"Row {row} has column {column} after {previous}; columns must increase and stay below {columns}.",
                            nameof(indices));
                }

                previous = column;
            }
        }

        this.starts = starts;
        this.indices = indices;
        this.values = values;
        Columns = columns;
    }

    /// <inheritdoc/>
    public int Rows => starts.Length - 1;

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>Rows + 1 offsets into <see cref="Indices"/> and <see cref="Values"/>.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>The column of each entry.</summary>
    public ReadOnlySpan<int> Indices => indices;

    /// <summary>The value of each entry.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The same arrays, for work on several threads.</summary>
    internal (int[] Starts, int[] Indices, float[] Values) Arrays => (starts, indices, values);

    /// <summary>A matrix with the same sparsity pattern and other values.</summary>
    /// <param name="other">One value per entry; the object takes ownership.</param>
    internal SparseMatrix WithValues(float[] other) => new(this, other);

    private SparseMatrix(SparseMatrix places, float[] values)
    {
        (starts, indices, this.values) = (places.starts, places.indices, values);
        Columns = places.Columns;
    }

    /// <inheritdoc/>
    public IFeatureMatrix Select(ReadOnlySpan<int> rows)
    {
        var chosenStarts = new int[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
            chosenStarts[i + 1] = checked(chosenStarts[i] + starts[rows[i] + 1] - starts[rows[i]]);

        var chosenIndices = new int[chosenStarts[^1]];
        var chosenValues = new float[chosenStarts[^1]];
        for (int i = 0; i < rows.Length; i++)
        {
            int from = starts[rows[i]], length = starts[rows[i] + 1] - from;
            indices.AsSpan(from, length).CopyTo(chosenIndices.AsSpan(chosenStarts[i]));
            values.AsSpan(from, length).CopyTo(chosenValues.AsSpan(chosenStarts[i]));
        }

        return new SparseMatrix(chosenStarts, chosenIndices, chosenValues, Columns);
    }

    /// <inheritdoc/>
    public IEnumerable<(int Feature, float Value)> NonZero(int row)
    {
        for (int entry = starts[row]; entry < starts[row + 1]; entry++)
        {
            if (values[entry] != 0)
                yield return (indices[entry], values[entry]);
        }
    }
}
