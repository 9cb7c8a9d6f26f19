using Credence.Boosting;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Boosting;

public sealed class TreeGrowerTests
{
    [Fact]
    public void Tree_EqualsThePlainReferences_OnHundredsOfSmallSets()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var random = new Rng(seed);
            LearnerRows rows = MadeTable.Rows(seed, 20 + random.NextInt(100), 2);
            var options = new BoostedTreesOptions
            {
                Leaves = 2 + random.NextInt(9),
                Depth = 1 + random.NextInt(5),
                RowsPerLeaf = 1 + random.NextInt(6),
                Bins = random.NextInt(2) == 0 ? 255 : 6,
                L2 = random.NextInt(3),
                LearningRate = 1,
            };
            BinnedRows data = BinnedRows.Of(
                rows.Features, rows.Pipeline.SplitColumns(out _)!, null, options.Bins, 1, CancellationToken.None);
            var units = new FixedPoint(data.Rows, 1);
            // Multiples of 1/256 are exact in every sum, so the two add the same numbers.
            double[] gradients = [.. Enumerable.Range(0, data.Rows).Select(_ => (random.NextInt(511) - 255) / 256.0)];
            long[] pairs = [.. gradients.Select(gradient => units.Pair(gradient, 1, false))];
            int[] all = [.. Enumerable.Range(0, data.Rows)];
            var scores = new double[data.Rows];
            var writer = new TreeWriter(data);

            new TreeGrower(data, options, units, 1 + random.NextInt(2))
                .Grow(all, [], pairs, [.. data.Columns.Select(_ => true)], writer, scores);

            double[] expected = new PlainTree(data, options, gradients).Values();
            for (int row = 0; row < data.Rows; row++)
                Assert.True(Math.Abs(expected[row] - scores[row]) < 1e-6, $"seed {seed}, row {row}: {scores[row]}, not {expected[row]}");
        }
    }

    [Fact]
    public void RowsThatOnlyPass_ReachTheLeafThatTheModelGivesThem()
    {
        LearnerRows rows = MadeTable.Rows(7, 200, 2);
        SplitColumn[] columns = rows.Pipeline.SplitColumns(out _)!;
        var options = new BoostedTreesOptions { RowsPerLeaf = 2 };
        BinnedRows data = BinnedRows.Of(rows.Features, columns, null, 255, 1, CancellationToken.None);
        var run = new BoostingRun(data, rows.Labels, null, row => row % 2 == 0, options, 1, 1);
        for (int round = 0; round < 5; round++)
            run.Advance(CancellationToken.None);

        var model = new TreeModel(rows.Features.Columns, 2, columns, run.Base, run.Trees());

        int[] even = [.. Enumerable.Range(0, 100).Select(i => 2 * i)];
        double loss = CrossEntropy.TotalLoss(
            model.Score(rows.Features.Select(even)).Values, 2, [.. even.Select(row => rows.Labels[row])]);
        Assert.Equal(loss, run.HeldOutLosses[^1], 1e-6);
    }

    [Fact]
    public void SecondDerivatives_AreTheirFormulas()
    {
        var units = new FixedPoint(1000, 2);
        foreach (double p in (double[])[0.001, 0.25, 0.5, 0.999])
        {
            foreach (int y in (int[])[0, 1])
            {
                Assert.Equal(2 * Math.Abs(p - y), Curvature(units.Pair(2 * (p - y), 2, false)), 1e-6);
                Assert.Equal(2 * p * (1 - p), Curvature(units.Pair(2 * (p - y), 2, true)), 1e-6);
            }
        }

        Assert.True(Curvature(units.Pair(1e-8, 2, true)) > 0);
        Assert.Equal(0, units.Pair(0, 2, true));

        double Curvature(long pair) => units.Curvature(new Credence.Boosting.BinSums(0, units.OneRow + (pair >> 32)));
    }
}
