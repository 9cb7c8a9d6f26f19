using Credence.Features.Matrices;

namespace Credence.Models;

/// <summary>Rows whose unknown features are taken from stored rows.</summary>
internal static class FeatureFill
{
    /// <summary>[row 0 with stored row 0, row 0 with stored row 1, …]: each row with each stored row's values in the unknown
    /// features.</summary>
    /// <param name="features">The rows' features; those unknown are 0.</param>
    /// <param name="rows">The rows to fill; none stands for one row of typical features, all 0.</param>
    /// <param name="stored">The stored rows.</param>
    /// <param name="unknown">The unknown features, as increasing runs.</param>
    public static IFeatureMatrix All(IFeatureMatrix features, ReadOnlySpan<int> rows, SparseMatrix stored, FeatureRun[] unknown)
    {
        (int Feature, float Value)[][] fills = [.. Enumerable.Range(0, stored.Rows).Select(row => Inside(stored, row, unknown))];
        (int Feature, float Value)[][] own = rows.IsEmpty ? [[]] : new (int, float)[rows.Length][];
        for (int i = 0; i < rows.Length; i++)
            own[i] = [.. features.NonZero(rows[i])];

        return features is DenseMatrix ? Dense(own, fills, features.Columns) : Sparse(own, fills, features.Columns);
    }

    /// <summary>The non-zero features of a row inside some runs.</summary>
    public static (int Feature, float Value)[] Inside(IFeatureMatrix matrix, int row, FeatureRun[] runs) =>
        [.. matrix.NonZero(row).Where(entry => Contains(runs, entry.Feature))];

    /// <summary>The non-zero features of a row outside some runs.</summary>
    public static (int Feature, float Value)[] Outside(IFeatureMatrix matrix, int row, FeatureRun[] runs) =>
        [.. matrix.NonZero(row).Where(entry => !Contains(runs, entry.Feature))];

    private static bool Contains(FeatureRun[] runs, int feature)
    {
        foreach (FeatureRun run in runs)
        {
            if (feature < run.End)
                return feature >= run.First;
        }

        return false;
    }

    private static DenseMatrix Dense((int Feature, float Value)[][] own, (int Feature, float Value)[][] fills, int width)
    {
        var values = new float[checked(own.Length * fills.Length * width)];
        for (int i = 0; i < own.Length; i++)
        {
            for (int r = 0; r < fills.Length; r++)
            {
                Span<float> row = values.AsSpan(((i * fills.Length) + r) * width, width);
                foreach ((int feature, float value) in own[i])
                    row[feature] = value;

                foreach ((int feature, float value) in fills[r])
                    row[feature] = value;
            }
        }

        return new DenseMatrix(values, own.Length * fills.Length, width);
    }

    private static SparseMatrix Sparse((int Feature, float Value)[][] own, (int Feature, float Value)[][] fills, int width)
    {
        var starts = new int[(own.Length * fills.Length) + 1];
        var indices = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < own.Length; i++)
        {
            for (int r = 0; r < fills.Length; r++)
            {
                int a = 0, b = 0;
                while (a < own[i].Length || b < fills[r].Length)
                {
                    bool first = b == fills[r].Length || (a < own[i].Length && own[i][a].Feature < fills[r][b].Feature);
                    (int feature, float value) = first ? own[i][a++] : fills[r][b++];
                    indices.Add(feature);
                    values.Add(value);
                }

                starts[(i * fills.Length) + r + 1] = indices.Count;
            }
        }

        return new SparseMatrix(starts, [.. indices], [.. values], width);
    }
}
