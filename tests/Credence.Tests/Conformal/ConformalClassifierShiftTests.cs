using Credence.Conformal;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Shift;
using Credence.Tests.Support;

namespace Credence.Tests.Conformal;

/// <summary>Sets where the rows to come are not as the calibration rows were, and sets from out-of-fold scores.</summary>
public sealed class ConformalClassifierShiftTests
{
    /// <summary>A stream whose labels turn to noise half way: fixed sets lose their coverage, adaptive ones stay within their
    /// bound.</summary>
    [Fact]
    public void Adaptive_KeepsTheShareMissed_WhereTheRowsChange()
    {
        SimulatedScores scores = SimulatedScores.Draw(9000, 4, 3);
        ConformalClassifier sets =
            ConformalClassifier.Fit(scores.Probabilities.Select([.. Enumerable.Range(0, 1000)]),
            scores.Labels.Select([.. Enumerable.Range(0, 1000)]));
        var adaptive = new AdaptiveConformal(sets, 0.02);
        int fixedMissed = 0;
        for (int row = 1000; row < 9000; row++)
        {
            int label = row < 5000 ? scores.Labels[row] : (int)(RowKey.Of(row) % 4);
            fixedMissed += sets.Set(scores.Probabilities.Row(row), RowKey.Of(row)).Contains(label) ? 0 : 1;
            adaptive.Tell(adaptive.Set(scores.Probabilities.Row(row), RowKey.Of(row)).Contains(label));
        }

        Assert.True(fixedMissed > 0.3 * 8000);
        Assert.Equal(8000, adaptive.Rows);
        Assert.InRange(Math.Abs(((double)adaptive.Missed / 8000) - 0.1), 0, adaptive.Bound);
        Assert.InRange(adaptive.Bound, 0, 0.0058);
    }

    [Fact]
    public void Adaptive_OutsideZeroAndOne_IsAllOrNone()
    {
        SimulatedScores scores = SimulatedScores.Draw(200, 3, 3);
        var plain = new ConformalOptions { AllowEmptySets = true };
        var adaptive = new AdaptiveConformal(ConformalClassifier.Fit(scores.Probabilities, scores.Labels, plain), 1);
        Assert.Equal(sets(), adaptive.Set(scores.Probabilities.Row(0), 1).Count);
        adaptive.Tell(false);
        Assert.True(adaptive.Alpha < 0);
        Assert.Equal(3, adaptive.Set(scores.Probabilities.Row(0), 1).Count);
        for (int i = 0; i < 30; i++)
            adaptive.Tell(true);

        Assert.True(adaptive.Alpha >= 1);
        Assert.Empty(adaptive.Set(scores.Probabilities.Row(0), 1));

        int sets() => ConformalClassifier.Fit(scores.Probabilities, scores.Labels, plain).Set(scores.Probabilities.Row(0), 1).Count;
    }

    /// <summary>Under a known prior the sets made of reweighted probabilities cover as often as asked, are smaller than those that only
    /// weigh
    /// the quantile, and hold the label wherever they hold anything.</summary>
    [Theory]
    [InlineData(ConformalScore.Lac)]
    [InlineData(ConformalScore.Aps)]
    public void ForPrior_CoversWithSmallerSets_ThatHoldTheLabel(ConformalScore score)
    {
        double covered = 0, size = 0, plainSize = 0;
        double[] prior = [0.88, 0.1, 0.02];
        for (ulong seed = 0; seed < 20; seed++)
        {
            SimulatedScores source = SimulatedScores.Draw(1000, 3, 100 + seed),
                target = SimulatedScores.DrawLike(source, 1000, 200 + seed, prior);
            var shift = LabelShift.Fit(source.Probabilities, source.Labels);
            LabelShiftEstimate known = shift.Known(prior);
            var plain = new ConformalOptions { Score = score, AllowEmptySets = true };
            ConformalClassifier sets = ConformalClassifier.Fit(source.Probabilities, source.Labels, plain, source.Keys);
            ConformalClassifier follows = sets.ForPrior([.. known.Weights], known.ConformalWeights());
            ConformalClassifier weighs = sets.ForClassWeights(known.ConformalWeights());
            Probabilities reweighted = known.Reweight(target.Probabilities);
            for (int row = 0; row < 1000; row++)
            {
                IReadOnlyList<int> set = follows.Set(reweighted.Row(row), target.Keys[row]);
                covered += set.Contains(target.Labels[row]) ? 1 : 0;
                size += set.Count;
                plainSize += weighs.Set(target.Probabilities.Row(row), target.Keys[row]).Count;
                Assert.True(set.Count == 0 || set[0] == reweighted.Top(row));
            }
        }

        // 20,000 rows and 20 calibrations of about 430 rows' worth: a standard error of .004.
        Assert.InRange(covered / 20_000, 0.888, 0.914);
        Assert.True(size < plainSize, $"{size} against {plainSize}");
    }

    /// <summary>With one model for all folds the sum over folds is the plain p-value.</summary>
    [Fact]
    public void Cross_OfOneModel_IsTheSplitSet()
    {
        SimulatedScores scores = SimulatedScores.Draw(500, 5, 7), test = SimulatedScores.Draw(200, 5, 8);
        var options = new ConformalOptions { Score = ConformalScore.Aps };
        int[] foldOf = [.. Enumerable.Range(0, 500).Select(row => row % 4)];
        var cross = CrossConformal.Fit(scores.Probabilities, scores.Labels, foldOf, options, scores.Keys);
        ConformalClassifier split = ConformalClassifier.Fit(scores.Probabilities, scores.Labels, options, scores.Keys);
        for (int row = 0; row < 200; row++)
        {
            Probabilities byFold = test.Probabilities.Select([row, row, row, row]);
            Assert.Equal(split.Set(test.Probabilities.Row(row), RowKey.Of(row)).Order(), cross.Set(byFold, RowKey.Of(row)).Order());
        }

        Assert.Throws<ArgumentException>(() => CrossConformal.Fit(scores.Probabilities, scores.Labels, foldOf.AsSpan(1), options));
        Assert.Throws<ArgumentException>(() => cross.Set(test.Probabilities.Select([0]), 1));
        Assert.Contains(
            "need 99 held-out rows",
            Assert.Throws<ArgumentException>(() => CrossConformal.Fit(
                scores.Probabilities.Select([0, 1]), scores.Labels.Select([0, 1]), [0, 1], options with { Alpha = 0.01 })).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Rows to come are drawn more often the less sure they are; equal weights then cover too little, the true ones
    /// cover.</summary>
    [Fact]
    public void CovariateShift_WeightsRestoreTheCoverage()
    {
        SimulatedScores fit = SimulatedScores.Draw(4000, 4, 21), pool = SimulatedScores.Draw(40_000, 4, 22);
        var rng = new Rng(5);
        int[] drawn = [.. Enumerable.Range(0, 40_000).Where(row => rng.NextDouble() < Weight(pool.Probabilities.Row(row)))];
        double[] weights = [.. Enumerable.Range(0, 4000).Select(row => Weight(fit.Probabilities.Row(row)))];
        double weighted = Coverage(CovariateShiftSets.Fit(fit.Probabilities, fit.Labels, weights), true);
        double plain = Coverage(CovariateShiftSets.Fit(fit.Probabilities, fit.Labels, [.. weights.Select(_ => 1.0)]), false);
        Assert.InRange(weighted, 0.88, 0.92);
        Assert.InRange(plain, 0.5, 0.87);

        static double Weight(ReadOnlySpan<double> p)
        {
            double largest = 0;
            foreach (double value in p)
                largest = Math.Max(largest, value);
            return Math.Min(1, 2 * (1 - largest) * (1 - largest));
        }

        double Coverage(CovariateShiftSets sets, bool own) => drawn.Count(row => sets.Set(
            pool.Probabilities.Row(row), RowKey.Of(row), own ? Weight(pool.Probabilities.Row(row)) : 1).Contains(pool.Labels[row]))
                / (double)drawn.Length;
    }

    [Fact]
    public void CovariateShift_OfEqualWeights_IsTheSplitSet_AndRowsWorthTooFewAreRefused()
    {
        SimulatedScores scores = SimulatedScores.Draw(300, 4, 2), test = SimulatedScores.Draw(100, 4, 3);
        double[] ones = [.. Enumerable.Repeat(3.0, 300)];
        var weighted = CovariateShiftSets.Fit(scores.Probabilities, scores.Labels, ones);
        ConformalClassifier split = ConformalClassifier.Fit(scores.Probabilities, scores.Labels);
        for (int row = 0; row < 100; row++)
            Assert.Equal(split.Set(test.Probabilities.Row(row), 1), weighted.Set(test.Probabilities.Row(row), 1, 3));

        ones[0] = 1e9;
        Assert.Contains("weighted rows is 1",
            Assert.Throws<ArgumentException>(() => CovariateShiftSets.Fit(scores.Probabilities, scores.Labels, ones))
            .Message, StringComparison.Ordinal);
        Assert.Equal(4, weighted.Set(test.Probabilities.Row(0), 1, 1e9).Count);
    }
}
