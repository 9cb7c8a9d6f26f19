using Credence.Features.Matrices;

namespace Credence.Boosting;

/// <summary>Reads the columns that trees split from features: a number, NaN where it is missing; a category as the index of its one-hot
/// feature that is not 0, −1 where all are.</summary>
internal sealed class SplitInputs
{
    private readonly int features;
    private readonly int[] columnOf;

    /// <param name="columns">The columns; no feature belongs to two.</param>
    /// <param name="features">The number of features.</param>
    /// <exception cref="ArgumentException">A column names a feature outside, or one that belongs to another.</exception>
    public SplitInputs(SplitColumn[] columns, int features)
    {
        Columns = columns;
        this.features = features;
        columnOf = new int[features];
        Array.Fill(columnOf, -1);
        for (int c = 0; c < columns.Length; c++)
        {
            for (int i = 0; i < columns[c].Count; i++)
                Own(columns[c].First + i, c);

            if (columns[c].Missing >= 0)
                Own(columns[c].Missing, c);
        }
    }

    public SplitColumn[] Columns { get; }

    /// <summary>Writes [to − from, columns] values of rows.</summary>
    /// <exception cref="ArgumentException">The matrix has another number of features.</exception>
    public void Read(IFeatureMatrix matrix, int from, int to, Span<float> values)
    {
        if (matrix.Columns != features)
            throw new ArgumentException($"'{nameof(matrix)}' has {matrix.Columns} features; the trees need {features}.", nameof(matrix));

        for (int row = from; row < to; row++)
        {
            Span<float> into = values.Slice((row - from) * Columns.Length, Columns.Length);
            if (matrix is DenseMatrix dense)
                Dense(dense.Row(row), into);
            else
                Sparse(matrix, row, into);
        }
    }

    private void Dense(ReadOnlySpan<float> row, Span<float> into)
    {
        for (int c = 0; c < Columns.Length; c++)
        {
            SplitColumn column = Columns[c];
            into[c] = column.IsCategory ? row.Slice(column.First, column.Count).IndexOfAnyExcept(0f)
                : column.Missing >= 0 && row[column.Missing] != 0 ? float.NaN
                : row[column.First];
        }
    }

    private void Sparse(IFeatureMatrix matrix, int row, Span<float> into)
    {
        for (int c = 0; c < Columns.Length; c++)
            into[c] = Columns[c].IsCategory ? -1 : 0;

        foreach ((int feature, float value) in matrix.NonZero(row))
        {
            if (columnOf[feature] is not (>= 0 and int c))
                continue;

            SplitColumn column = Columns[c];
            if (feature == column.Missing)
                into[c] = float.NaN;
            else if (!column.IsCategory)
                into[c] = float.IsNaN(into[c]) ? float.NaN : value;
            else if (into[c] < 0)
                into[c] = feature - column.First;
        }
    }

    private void Own(int feature, int column)
    {
        if (feature < 0 || feature >= features || columnOf[feature] >= 0)
            throw new ArgumentException($"Column {column} names feature {feature}, which another has or which is not below {features}.");

        columnOf[feature] = column;
    }
}
