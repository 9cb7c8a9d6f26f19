using Credence.Boosting;
using Credence.Features.Matrices;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Boosting;

public sealed class ColumnBundleTests
{
    private const int Rows = 120, Indicators = 6;

    [Fact]
    public void ColumnsThatExcludeEachOther_AreBundled_AndEachCellKeepsItsBin()
    {
        DenseMatrix matrix = Draw(1);

        BinnedRows data = Binned(matrix);

        Assert.Equal(2, data.Bundles.Length);
        Assert.Equal([1, 2, 3, 4, 5, 6], data.Bundles[1].Columns);
        for (int column = 0; column < data.Columns.Length; column++)
        {
            for (int row = 0; row < Rows; row++)
                Assert.Equal(data.Bins[column].Of(matrix.Row(row)[column]), data.Bin(column, row));
        }
    }

    [Fact]
    public void ColumnsThatDoNot_StayApart()
    {
        DenseMatrix matrix = Draw(2);
        float[] values = matrix.Values.ToArray();
        values.AsSpan(1, Indicators).Fill(1);

        BinnedRows data = Binned(new DenseMatrix(values, Rows, Indicators + 1));

        Assert.Equal(Indicators + 1, data.Bundles.Length);
    }

    [Fact]
    public void TreeOfABundle_EqualsThePlainReferences()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var random = new Rng(seed);
            BinnedRows data = Binned(Draw(seed));
            var options = new BoostedTreesOptions { Leaves = 6, RowsPerLeaf = 1 + random.NextInt(6), LearningRate = 1 };
            var units = new FixedPoint(Rows, 1);
            double[] gradients = [.. Enumerable.Range(0, Rows).Select(_ => (random.NextInt(511) - 255) / 256.0)];
            var scores = new double[Rows];
            new TreeGrower(data, options, units, 1).Grow(
                [.. Enumerable.Range(0, Rows)], [], [.. gradients.Select(gradient => units.Pair(gradient, 1, false))],
                [.. data.Columns.Select(_ => true)], new TreeWriter(data), scores);

            double[] expected = new PlainTree(data, options, gradients).Values();

            for (int row = 0; row < Rows; row++)
                Assert.Equal(expected[row], scores[row], 1e-6);
        }
    }

    private static BinnedRows Binned(DenseMatrix matrix) =>
        BinnedRows.Of(matrix, SplitColumn.Numbers(matrix.Columns), null, 255, 1, CancellationToken.None);

    /// <summary>A number, and indicators of which one at most is not 0; the last has three values.</summary>
    private static DenseMatrix Draw(ulong seed)
    {
        var random = new Rng(seed);
        var values = new float[Rows * (Indicators + 1)];
        for (int row = 0; row < Rows; row++)
        {
            Span<float> to = values.AsSpan(row * (Indicators + 1), Indicators + 1);
            to[0] = random.NextInt(9);
            int one = random.NextInt(Indicators + 1);
            if (one < Indicators)
                to[1 + one] = one < Indicators - 1 ? 1 : 1 + random.NextInt(2);
        }

        return new DenseMatrix(values, Rows, Indicators + 1);
    }
}
