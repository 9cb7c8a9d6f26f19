using System.Text.Json.Nodes;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Conformal;

/// <summary>Sets are never empty unless that is allowed, and the law of their coverage holds either way.</summary>
public sealed class ConformalClassifierEmptySetsTests
{
    private static readonly ConformalScore[] AllScores = Enum.GetValues<ConformalScore>();

    [Fact]
    public void NoSetIsEmpty_WhateverTheScoreThePartitionAndTheLevel()
    {
        SimulatedScores scores = SimulatedScores.Draw(400, 4, seed: 5, temperature: 0.6);
        Labels groups = new([.. Enumerable.Range(0, 400).Select(i => i % 2)], ["even", "odd"]);
        int[] groupOf = groups.Indices.ToArray();
        int empty = 0;
        foreach (ConformalScore score in AllScores)
        {
            foreach (ConformalPartition partition in Enum.GetValues<ConformalPartition>())
            {
                foreach (double alpha in new[] { 0.1, 0.5, 0.9 })
                {
                    var options = new ConformalOptions { Score = score, Partition = partition, Alpha = alpha };
                    Assert.All(Sets(options), (set, row) => Assert.Equal(Confidence.Top(scores.Probabilities.Row(row)), set[0]));
                    empty += Sets(options with { AllowEmptySets = true }).Count(set => set.Count == 0);
                }

                IReadOnlyList<int>[] Sets(ConformalOptions options) => ConformalClassifier
                    .Fit(scores.Probabilities, scores.Labels, options, scores.Keys, groups)
                    .Sets(scores.Probabilities, scores.Keys, groupOf);
            }
        }

        Assert.True(empty > 1000);
    }

    /// <summary>Nine rows whose true class has .95, .85, … .15: it leads in five, which score 0; the others score .55, .65, .75,
    /// .85.</summary>
    [Fact]
    public void TheTopClassScoresZero_AtFittingToo()
    {
        double[] values = [.. Enumerable.Range(0, 9).SelectMany(i => new[] { 0.95 - (0.1 * i), 0.05 + (0.1 * i) })];
        Quantile(0.5, 0);
        Quantile(0.4, 0.55);
        Quantile(0.3, 0.65);
        Quantile(0.1, 0.85);

        void Quantile(double alpha, double expected) => Assert.Equal(
            expected,
            ConformalClassifier.Fit(
                new Probabilities(values, 2), new Labels(new int[9], ["a", "b"]), new ConformalOptions { Alpha = alpha }).Quantiles[0],
            1e-12);
    }

    /// <summary>Coverage over 200 divisions: the Beta law's mean where the accuracy lies below it, the accuracy where that lies
    /// above.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.4)]
    public void Coverage_IsTheLargerOfItsLawAndTheAccuracy(double alpha)
    {
        SimulatedScores scores = SimulatedScores.Draw(2200, 5, seed: 77);
        double accuracy = Enumerable.Range(0, 2200).Average(row =>
            Confidence.Top(scores.Probabilities.Row(row)) == scores.Labels[row] ? 1.0 : 0);
        foreach (ConformalScore score in AllScores)
        {
            ConformalSplits splits = ConformalSplits.Run(
                scores.Probabilities, scores.Labels, new ConformalOptions { Score = score, Alpha = alpha },
                splits: 200, calibrationRows: 400);
            Assert.Equal(Math.Max(splits.Law.Mean, accuracy), splits.Coverage, 0.006);
            Assert.All(splits.MeanSizes, size => Assert.True(size >= 1));
        }
    }

    [Fact]
    public void AFileThatDoesNotSay_KeepsThePlainRule()
    {
        SimulatedScores scores = SimulatedScores.Draw(300, 4, seed: 9);
        ConformalClassifier plain = ConformalClassifier.Fit(
            scores.Probabilities, scores.Labels, new ConformalOptions { Alpha = 0.6, AllowEmptySets = true });
        var tensors = new NamedTensors();
        JsonObject saved = plain.Save(tensors, "sets.");
        Assert.Null(saved["allow_empty_sets"]);
        ConformalClassifier loaded = ConformalClassifier.Load(saved, tensors, "sets.");
        Assert.True(loaded.AllowsEmptySets);
        Assert.Equal(plain.Sets(scores.Probabilities, scores.Keys), loaded.Sets(scores.Probabilities, scores.Keys));
        Assert.Contains(loaded.Sets(scores.Probabilities, scores.Keys), set => set.Count == 0);

        var margin = new ConformalOptions { Score = ConformalScore.Margin, AllowEmptySets = true };
        var ofMargin = new NamedTensors();
        JsonObject changed = ConformalClassifier.Fit(scores.Probabilities, scores.Labels, margin).Save(ofMargin, "sets.");
        changed["allow_empty_sets"] = false;
        Assert.Throws<InvalidDataException>(() => ConformalClassifier.Load(changed, ofMargin, "sets."));
    }

    /// <summary>Four folds, each with another most probable class, at α = .5: no p-value exceeds it, yet the set holds the best.</summary>
    [Fact]
    public void Cross_HoldsTheBestClass_WhereTheFoldsDisagree()
    {
        Probabilities calibration = new([.. Enumerable.Repeat(new[] { 0.7, 0.1, 0.1, 0.1 }, 40).SelectMany(p => p)], 4);
        Probabilities byFold = new([0.6, 0.2, 0.1, 0.1, 0.1, 0.6, 0.2, 0.1, 0.1, 0.1, 0.6, 0.2, 0.2, 0.1, 0.1, 0.6], 4);
        int[] foldOf = [.. Enumerable.Range(0, 40).Select(row => row % 4)];
        Assert.Equal([0], Set(false));
        Assert.Empty(Set(true));

        IReadOnlyList<int> Set(bool allow) => CrossConformal.Fit(
            calibration, new Labels(new int[40], ["a", "b", "c", "d"]), foldOf,
            new ConformalOptions { Alpha = 0.5, AllowEmptySets = allow })
            .Set(byFold, 1);
    }

    /// <summary>The level stops at 1, so that it can fall again at once; the share missed keeps its upper bound.</summary>
    [Fact]
    public void Adaptive_StopsAtOne_AndKeepsItsUpperBound()
    {
        SimulatedScores scores = SimulatedScores.Draw(4300, 3, seed: 3, temperature: 1);
        int[] fit = [.. Enumerable.Range(0, 300)];
        var adaptive = new AdaptiveConformal(
            ConformalClassifier.Fit(scores.Probabilities.Select(fit), scores.Labels.Select(fit), new ConformalOptions { Alpha = 0.5 }),
            0.05);
        for (int row = 300; row < 4300; row++)
        {
            int label = row < 2300 ? scores.Labels[row] : (scores.Labels[row] + 1) % 3;
            IReadOnlyList<int> set = adaptive.Set(scores.Probabilities.Row(row), RowKey.Of(row));
            Assert.NotEmpty(set);
            adaptive.Tell(set.Contains(label));
            Assert.True(adaptive.Alpha <= 1);
        }

        Assert.True((double)adaptive.Missed / adaptive.Rows <= 0.5 + adaptive.Bound);
    }

    [Fact]
    public void AnExactGuarantee_NeedsAStatementOfItsRows()
    {
        SimulatedScores scores = SimulatedScores.Draw(100, 3, seed: 2);
        Assert.Equal(ConformalGuarantee.Approximate, ConformalClassifier.Fit(scores.Probabilities, scores.Labels).Guarantee);
        var exact = new ConformalOptions { Guarantee = ConformalGuarantee.Exact };
        Assert.Contains("say which rows", Assert.Throws<ArgumentException>(
            () => ConformalClassifier.Fit(scores.Probabilities, scores.Labels, exact)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConformalSplits.Run(scores.Probabilities, scores.Labels, exact, 1));
        exact = exact with { GuaranteeReason = "rows 0 to 99, used for nothing else" };
        Assert.Equal(ConformalGuarantee.Exact, ConformalClassifier.Fit(scores.Probabilities, scores.Labels, exact).Guarantee);
    }
}
