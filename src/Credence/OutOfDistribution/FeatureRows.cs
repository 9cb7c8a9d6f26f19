namespace Credence.OutOfDistribution;

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
