namespace Credence.Data.Scores;

/// <summary>Copies scores in a caller's memory to the row-major doubles that scores are kept as.</summary>
internal static class ScoreCopy
{
    /// <summary>Floats, widened.</summary>
    public static double[] Of(ReadOnlySpan<float> values)
    {
        var copy = new double[values.Length];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = values[i];

        return copy;
    }

    /// <summary>A matrix, with its number of classes.</summary>
    public static (double[] Values, int Classes) Of(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = new double[values.Length];
        Buffer.BlockCopy(values, 0, copy, 0, checked(copy.Length * sizeof(double)));
        return (copy, values.GetLength(1));
    }

    /// <summary>A matrix of floats, with its number of classes.</summary>
    public static (double[] Values, int Classes) Of(float[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var copy = new double[values.Length];
        int i = 0;
        foreach (float value in values)
            copy[i++] = value;

        return (copy, values.GetLength(1));
    }

    /// <summary>Rows of floats, with their number of classes.</summary>
    /// <exception cref="ArgumentException">There are no rows, or they differ in length.</exception>
    public static (double[] Values, int Classes) Of(IEnumerable<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        float[][] all = [.. rows];
        int classes = all.Length == 0 ? 0 : all[0].Length, wrong = Array.FindIndex(all, row => row.Length != classes);
        return all.Length == 0 ? throw new ArgumentException("There are no rows, so the number of classes is not known.", nameof(rows))
            : wrong >= 0 ? throw new ArgumentException(
                $"Row {wrong} (counted from 0) has {all[wrong].Length} scores, the first row has {classes}; all must have as many.",
                nameof(rows))
            : ([.. all.SelectMany(row => row).Select(value => (double)value)], classes);
    }
}
