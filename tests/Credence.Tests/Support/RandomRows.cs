using Credence.Boosting;
using Credence.Features.Matrices;
using Credence.Numerics;

namespace Credence.Tests.Support;

/// <summary>A small random set of numbers, some missing, and categories, with gradients and options.</summary>
internal sealed record RandomRows(
    DenseMatrix Matrix, SplitColumn[] Columns, double[] Weights, double[] Gradients, BoostedTreesOptions Options)
{
    public BinnedRows Binned() => BinnedRows.Of(Matrix, Columns, Weights, Options.Bins, 1, CancellationToken.None);

    public static RandomRows Draw(ulong seed)
    {
        var random = new Rng(seed);
        int rows = 4 + random.NextInt(90), count = 1 + random.NextInt(5), features = 0;
        var columns = new SplitColumn[count];
        for (int c = 0; c < count; c++)
        {
            int kind = random.NextInt(3), width = kind == 2 ? 2 + random.NextInt(12) : kind + 1;
            columns[c] = kind == 2
                ? new SplitColumn(features, width, -1, true)
                : SplitColumn.Number(features, kind == 1 ? features + 1 : -1);
            features += width;
        }

        var values = new float[rows * features];
        for (int row = 0; row < rows; row++)
        {
            Span<float> to = values.AsSpan(row * features, features);
            foreach (SplitColumn column in columns)
            {
                if (column.IsCategory)
                    to[column.First + random.NextInt(column.Count)] = random.NextInt(8) == 0 ? 0 : 1;
                else if (column.Missing >= 0 && random.NextInt(4) == 0)
                    to[column.Missing] = 1;
                else
                    to[column.First] = random.NextInt(2) == 0 ? random.NextInt(5) - 2 : (float)random.NextNormal();
            }
        }

        double[] weights = [.. Enumerable.Range(0, rows).Select(_ => 0.25 * (1 + random.NextInt(8)))];
        double[] gradients = [.. weights.Select(weight => weight * ((2 * random.NextDouble()) - 1))];
        return new RandomRows(new DenseMatrix(values, rows, features), columns, weights, gradients, new BoostedTreesOptions
        {
            Leaves = 2 + random.NextInt(9),
            Depth = 1 + random.NextInt(5),
            RowsPerLeaf = 1 + random.NextInt(4),
            Bins = 4 + random.NextInt(30),
            L2 = random.NextInt(3),
            LearningRate = 1,
            Curvature = (RowCurvature)random.NextInt(2),
        });
    }
}
