using System.Numerics;
using Credence.Features;

namespace Credence.Decisions;

/// <summary>Checks of plain feature matrices.</summary>
internal static class FeatureRows
{
    public static int Check(ReadOnlySpan<float> features, int columns, string name)
    {
        if (columns < 1 || features.IsEmpty || features.Length % columns != 0)
            throw new ArgumentException($"'{name}' has length {features.Length}, needs at least one row of {columns} numbers.", name);

        for (int i = 0; i < features.Length; i++)
        {
            if (!float.IsFinite(features[i]))
                throw new ArgumentException($"'{name}' row {i / columns} column {i % columns} is {features[i]}, must be finite.", name);
        }

        return features.Length / columns;
    }

    /// <summary>Writes a row of features, those not stored as 0.</summary>
    public static void Read<T>(IFeatureMatrix features, int row, Span<T> numbers)
        where T : INumber<T>
    {
        if (features is DenseMatrix dense)
        {
            ReadOnlySpan<float> values = dense.Row(row);
            for (int j = 0; j < values.Length; j++)
                numbers[j] = T.CreateTruncating(values[j]);

            return;
        }

        var sparse = (SparseMatrix)features;
        numbers.Clear();
        for (int i = sparse.Starts[row]; i < sparse.Starts[row + 1]; i++)
            numbers[sparse.Indices[i]] = T.CreateTruncating(sparse.Values[i]);
    }

    public static void CheckLength(ReadOnlySpan<double> row, int columns)
    {
        if (row.Length != columns)
            throw new ArgumentException($"'{nameof(row)}' has length {row.Length}, needs {columns}.", nameof(row));
    }

    public static bool AllFinite(double[] values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }

        return true;
    }
}
