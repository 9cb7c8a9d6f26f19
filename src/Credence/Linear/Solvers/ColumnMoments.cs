using Credence.Features.Matrices;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>Second moments of the columns of X: their covariance, or their mean squares where there are too many columns.</summary>
internal static class ColumnMoments
{
    private const int Block = 256;

    /// <summary>The minimum variance of a column relative to its squared mean: single precision resolves no less, and a column that seems
    /// constant
    /// would get unbounded steps.</summary>
    private const double LeastSpread = 1e-6;

    /// <summary>Cov(x), [columns, columns], in single precision, from evenly spaced rows among those with weight.</summary>
    /// <param name="features">The rows.</param>
    /// <param name="hasWeight">Whether a row has weight.</param>
    /// <param name="mostRows">The approximate number of rows to use.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    public static double[] Covariance(IFeatureMatrix features, Func<int, bool> hasWeight, int mostRows, int maxThreads)
    {
        int d = features.Columns;
        int[] rows = Spread(features.Rows, hasWeight, mostRows);
        double[] mean = Means(features, rows);
        int blocks = Chunks.Count(rows.Length, Block), parts = Math.Clamp(blocks, 1, 4);
        var sums = new double[parts][];
        Chunks.For(parts, maxThreads, part =>
        {
            sums[part] = new double[d * d];
            var block = new float[Block * d];
            var product = new float[d * d];
            for (int b = part; b < blocks; b += parts)
            {
                ReadOnlySpan<int> chosen = rows.AsSpan(b * Block, Math.Min(Block, rows.Length - b * Block));
                if (features is SparseMatrix sparse)
                {
                    foreach (int row in chosen)
                        AddSparse(sparse, row, d, sums[part]);
                    continue;
                }

                // The means are subtracted first: subtracting them from the squares would leave only rounding error for a column far from
                // 0.
                for (int i = 0; i < chosen.Length; i++)
                {
                    ReadOnlySpan<float> row = ((DenseMatrix)features).Row(chosen[i]);
                    for (int j = 0; j < d; j++)
                        block[(i * d) + j] = (float)(row[j] - mean[j]);
                }

                ReadOnlySpan<float> values = block.AsSpan(0, chosen.Length * d);
                MatrixProduct.MultiplyTransposedLeft(values, values, product, d, chosen.Length, d);
                for (int e = 0; e < product.Length; e++)
                    sums[part][e] += product[e];
            }
        });

        var covariance = new double[d * d];
        for (int part = 0; part < parts; part++)
            Vectors.AddScaled(1.0 / Math.Max(1, rows.Length), sums[part], covariance);

        for (int i = 0; i < d; i++)
        {
            if (features is SparseMatrix)
                Vectors.AddScaled(-mean[i], mean, covariance.AsSpan(i * d, d));
            covariance[(i * d) + i] += LeastSpread * mean[i] * mean[i];
        }

        return covariance;
    }

    private static double[] Means(IFeatureMatrix features, int[] rows)
    {
        var means = new double[features.Columns];
        foreach (int row in rows)
        {
            if (features is SparseMatrix sparse)
            {
                for (int e = sparse.Starts[row]; e < sparse.Starts[row + 1]; e++)
                    means[sparse.Indices[e]] += sparse.Values[e];
                continue;
            }

            ReadOnlySpan<float> values = ((DenseMatrix)features).Row(row);
            for (int j = 0; j < values.Length; j++)
                means[j] += values[j];
        }

        Vectors.Scale(1.0 / Math.Max(1, rows.Length), means);
        return means;
    }

    /// <summary>The mean of x_j² over evenly spaced rows among those with weight.</summary>
    public static double[] MeanSquares(IFeatureMatrix features, Func<int, bool> hasWeight, int mostRows)
    {
        int[] rows = Spread(features.Rows, hasWeight, mostRows);
        var squares = new double[features.Columns];
        foreach (int row in rows)
        {
            if (features is SparseMatrix sparse)
            {
                for (int e = sparse.Starts[row]; e < sparse.Starts[row + 1]; e++)
                    squares[sparse.Indices[e]] += (double)sparse.Values[e] * sparse.Values[e] / rows.Length;
                continue;
            }

            ReadOnlySpan<float> values = ((DenseMatrix)features).Row(row);
            for (int j = 0; j < values.Length; j++)
                squares[j] += (double)values[j] * values[j] / rows.Length;
        }

        return squares;
    }

    private static void AddSparse(SparseMatrix x, int row, int d, double[] sums)
    {
        int from = x.Starts[row], to = x.Starts[row + 1];
        for (int e = from; e < to; e++)
        {
            double value = x.Values[e];
            Span<double> target = sums.AsSpan(x.Indices[e] * d, d);
            for (int f = from; f < to; f++)
                target[x.Indices[f]] += value * x.Values[f];
        }
    }

    private static int[] Spread(int rows, Func<int, bool> hasWeight, int most)
    {
        int[] all = [.. Enumerable.Range(0, rows).Where(hasWeight)];
        int step = Math.Max(1, all.Length / Math.Max(1, most));
        return step == 1 ? all : [.. all.Where((_, i) => i % step == 0)];
    }
}
