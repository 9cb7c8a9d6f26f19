using Credence.Data;
using Credence.Features.Matrices;

namespace Credence.Linear;

/// <summary>The checks of training data that all learners share.</summary>
internal static class TrainingRows
{
    /// <summary>Rejects a matrix without rows or with a value that is not finite.</summary>
    public static void CheckFeatures(IFeatureMatrix features)
    {
        if (features.Rows == 0)
            throw new ArgumentException("There are no training rows; at least one is needed.", nameof(features));

        switch (features)
        {
            case DenseMatrix dense:
                for (int row = 0; row < dense.Rows; row++)
                {
                    ReadOnlySpan<float> values = dense.Row(row);
                    for (int j = 0; j < values.Length; j++)
                        CheckFinite(values[j], row, j, nameof(features));
                }

                break;
            case SparseMatrix sparse:
                for (int row = 0; row < sparse.Rows; row++)
                {
                    for (int e = sparse.Starts[row]; e < sparse.Starts[row + 1]; e++)
                        CheckFinite(sparse.Values[e], row, sparse.Indices[e], nameof(features));
                }

                break;
        }
    }

    /// <summary>Rejects sizes whose scores (rows × classes) or weights (columns × classes) exceed the length of an array.</summary>
    public static void CheckSize(IFeatureMatrix features, ITargets targets)
    {
        long stride = targets.Columns.Stride, most = Array.MaxLength / stride;
        if (features.Rows > most || features.Columns > most)
        {
            throw new ArgumentException(
                $"{features.Rows} rows × {features.Columns} columns of {targets.Classes} classes are too many: with that many classes, "
                    + $"the maximum is {most} rows and {most} columns.",
                nameof(features));
        }
    }

    /// <summary>Rejects labels that are missing, too few, or all of one class.</summary>
    public static void CheckLabels(Labels labels, int rows)
    {
        if (labels.Count != rows)
            throw new ArgumentException($"There are {labels.Count} labels for {rows} rows; each row needs one.", nameof(labels));

        int missing = labels.Indices.IndexOf(Labels.Missing);
        if (missing >= 0)
            throw new ArgumentException($"Row {missing} has no label; every training row needs one.", nameof(labels));

        int[] counts = labels.Counts();
        if (counts.Count(count => count > 0) < 2)
        {
            int only = Array.FindIndex(counts, count => count > 0);
            throw new ArgumentException(
                $"All {rows} rows are of class '{labels.Names[only]}'; training needs rows of at least two classes.", nameof(labels));
        }
    }

    /// <summary>Row weights times class weights, scaled to sum to one.</summary>
    public static double[] NormalizedWeights(Labels labels, double[]? weights, double[]? classWeights)
    {
        if (classWeights is not null && classWeights.Length != labels.Classes)
            throw new ArgumentException($"There are {classWeights.Length} class weights for {labels.Classes} classes; each needs one.",
                nameof(classWeights));

        return NormalizedWeights(labels.Count, weights, classWeights is null ? null : row => classWeights[labels[row]]);
    }

    /// <summary>Row weights, each times a factor, scaled to sum to one.</summary>
    public static double[] NormalizedWeights(int rows, double[]? weights, Func<int, double>? factor = null)
    {
        if (weights is not null)
            RowWeights.Check(weights, rows);

        var normalized = new double[rows];
        double total = 0;
        for (int row = 0; row < normalized.Length; row++)
        {
            normalized[row] = (weights?[row] ?? 1) * (factor?.Invoke(row) ?? 1);
            total += normalized[row];
        }

        if (!(total > 0))
            throw new ArgumentException("All weights are 0; at least one must be above 0.", nameof(weights));

        for (int row = 0; row < normalized.Length; row++)
            normalized[row] /= total;

        return normalized;
    }

    private static void CheckFinite(float value, int row, int column, string name)
    {
        if (!float.IsFinite(value))
            throw new ArgumentException($"Row {row}, column {column} is {value}; features must be finite numbers.", name);
    }
}
