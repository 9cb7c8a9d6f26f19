using System.Text.Json.Nodes;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Conformal;

public class ConformalClassifierTests
{
    private static readonly ConformalScore[] AllScores = Enum.GetValues<ConformalScore>();

    [Fact]
    public void Fit_TakesTheScoreOfTheExactRank()
    {
        // Nine rows whose true class has 0.95, 0.85, … 0.15: the LAC scores are 0.05, 0.15, … 0.85 and rank ⌈10·0.7⌉ is the seventh.
        double[] values = [.. Enumerable.Range(0, 9).SelectMany(i => new[] { 0.95 - (0.1 * i), 0.05 + (0.1 * i) })];
        ConformalClassifier classifier = ConformalClassifier.Fit(
            new Probabilities(values, 2), new Labels(new int[9], ["a", "b"]),
            new ConformalOptions { Alpha = 0.3, AllowEmptySets = true });

        Assert.Equal(0.65, Assert.Single(classifier.Quantiles), 1e-12);
        Assert.Equal(new CoverageLaw(9, 7), Assert.Single(classifier.Laws));
        Assert.Equal([0], classifier.Set([0.66, 0.34], 1));
        Assert.Equal([1, 0], classifier.Set([0.36, 0.64], 1));
    }

    [Theory]
    [InlineData(8, 0.1, 9)]
    [InlineData(0, 0.1, 9)]
    [InlineData(98, 0.01, 99)]
    public void TryFit_RefusesTooFewRows_AndSaysHowManyItNeeds(int rows, double alpha, int needed)
    {
        SimulatedScores scores = SimulatedScores.Draw(rows, 3, seed: 1);

        Attempt<ConformalClassifier, ConformalRefusal> fit =
            ConformalClassifier.TryFit(scores.Probabilities, scores.Labels, new ConformalOptions { Alpha = alpha });

        Assert.Null(fit.Value);
        Assert.Equal(needed, fit.Refusal!.RowsNeeded);
        Assert.Equal(rows, fit.Refusal.Rows);
        Assert.Contains($"need {needed} held-out rows; there are {rows}", fit.Refusal.Message, StringComparison.Ordinal);
        Assert.Contains(fit.Refusal.Message, Assert.Throws<ArgumentException>(
            () => ConformalClassifier.Fit(scores.Probabilities, scores.Labels, new ConformalOptions { Alpha = alpha }))
                .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryFit_ByClass_NamesTheClassThatLacksRows_OrPutsItInEverySet()
    {
        SimulatedScores scores = SimulatedScores.Draw(200, 3, seed: 3);
        Labels withoutLast = new([.. scores.Labels.Indices.ToArray().Select(k => k == 2 ? 0 : k)], ["a", "b", "rare"]);
        var options = new ConformalOptions { Partition = ConformalPartition.Class };

        ConformalRefusal? refusal = ConformalClassifier.TryFit(scores.Probabilities, withoutLast, options).Refusal;
        ConformalClassifier accepted = ConformalClassifier.Fit(scores.Probabilities, withoutLast, options with { AcceptRareParts = true });

        Assert.Equal("rare", refusal!.Part);
        Assert.Contains("of 'rare'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(double.PositiveInfinity, accepted.Quantiles[2]);
        Assert.All(accepted.Sets(scores.Probabilities, scores.Keys), set => Assert.Contains(2, set));
    }

    [Fact]
    public void Sets_ArePrefixesOfTheOrderByProbability_AndTheSameEveryTime()
    {
        foreach (ConformalScore score in AllScores)
        {
            SimulatedScores scores = SimulatedScores.Draw(300, 6, seed: 7);
            ConformalClassifier classifier =
                ConformalClassifier.Fit(scores.Probabilities, scores.Labels, new ConformalOptions { Score = score, Alpha = 0.07 });
            IReadOnlyList<int>[] sets = classifier.Sets(scores.Probabilities, scores.Keys);
            for (int row = 0; row < sets.Length; row++)
            {
                double[] p = scores.Probabilities.Row(row).ToArray();
                int[] order = [.. Enumerable.Range(0, p.Length).OrderByDescending(k => p[k]).ThenBy(k => k)];
                Assert.Equal(order.Take(sets[row].Count), sets[row]);
                Assert.Equal(sets[row], classifier.Set(p, scores.Keys[row]));
            }
        }
    }

    [Fact]
    public void Sets_GrowAsAlphaFalls()
    {
        foreach (ConformalScore score in AllScores)
        {
            SimulatedScores scores = SimulatedScores.Draw(400, 5, seed: 11);
            ConformalClassifier at10 = ConformalClassifier.Fit(scores.Probabilities, scores.Labels, new ConformalOptions { Score = score });
            ConformalClassifier at02 = at10.At(0.02).Value!;
            for (int row = 0; row < 100; row++)
            {
                IReadOnlyList<int> small = at10.Set(scores.Probabilities.Row(row), scores.Keys[row]);
                IReadOnlyList<int> large = at02.Set(scores.Probabilities.Row(row), scores.Keys[row]);
                Assert.Equal(small, large.Take(small.Count));
            }

            Assert.Equal(499, at10.At(0.002).Refusal!.RowsNeeded);
        }
    }

    [Fact]
    public void PValues_GiveTheSetAtEveryAlpha()
    {
        foreach (ConformalPartition partition in new[] { ConformalPartition.None, ConformalPartition.Class, ConformalPartition.Group })
        {
            SimulatedScores scores = SimulatedScores.Draw(500, 4, seed: 5);
            Labels groups = new([.. Enumerable.Range(0, 500).Select(i => i % 2)], ["even", "odd"]);
            ConformalClassifier classifier = ConformalClassifier.Fit(
                scores.Probabilities, scores.Labels, new ConformalOptions { Score = ConformalScore.Aps, Partition = partition },
                    scores.Keys, groups);
            var p = new double[4];
            foreach (double alpha in new[] { 0.05, 0.1, 0.37 })
            {
                ConformalClassifier at = classifier.At(alpha).Value!;
                for (int row = 0; row < 60; row++)
                {
                    classifier.PValues(scores.Probabilities.Row(row), scores.Keys[row], p, row % 2);
                    Assert.Equal(
                        Enumerable.Range(0, 4).Where(k => p[k] > alpha),
                        at.Set(scores.Probabilities.Row(row), scores.Keys[row], row % 2).Order());
                }
            }
        }
    }

    [Fact]
    public void Coverage_FollowsItsBetaLaw_OverTwoHundredDivisions()
    {
        foreach (ConformalScore score in AllScores)
        {
            SimulatedScores scores = SimulatedScores.Draw(2_200, 5, seed: 21 + (ulong)score, temperature: 2);
            ConformalSplits splits = ConformalSplits.Run(
                scores.Probabilities, scores.Labels, new ConformalOptions { Score = score }, splits: 200, calibrationRows: 200);

            // The mean of 200 has a deviation of .021/√200; the share of divisions within the 90 % range one of √(.09/200).
            (double low, double high) = splits.Law.Range;
            double within = splits.Coverages.Count(coverage => coverage >= low && coverage <= high) / 200.0;
            Assert.Equal(splits.Law.Mean, splits.Coverage, 0.006);
            Assert.Equal(splits.Law.StandardDeviationOn(2_000), splits.CoverageDeviation, 0.004);
            Assert.InRange(within, 0.82, 0.97);
        }
    }

    [Fact]
    public void ByGroup_CoversEveryGroup_WhereOneQuantileDoesNot()
    {
        SimulatedScores easy = SimulatedScores.Draw(6_000, 4, seed: 31, temperature: 0.5);
        SimulatedScores hard = SimulatedScores.Draw(6_000, 4, seed: 32, temperature: 4);
        SimulatedScores both = SimulatedScores.Concatenate(easy, hard);
        int[] fit = [.. Enumerable.Range(0, 3_000), .. Enumerable.Range(6_000, 3_000)];
        int[] test = [.. Enumerable.Range(3_000, 3_000), .. Enumerable.Range(9_000, 3_000)];
        Labels groups = new([.. Enumerable.Range(0, 12_000).Select(i => i / 6_000)], ["easy", "hard"]);

        double[] Gaps(ConformalPartition partition)
        {
            ConformalClassifier classifier = ConformalClassifier.Fit(
                both.Probabilities.Select(fit), both.Labels.Select(fit), new ConformalOptions { Partition = partition },
                    groups: groups.Select(fit));
            return [.. new[] { 0, 1 }.Select(group =>
            {
                int[] rows = [.. test.Where(row => groups[row] == group)];
                return SetCoverage.Measure(
                    classifier, both.Probabilities.Select(rows), both.Labels.Select(rows), groups: groups.Select(rows).Indices)
                        .Coverage - 0.9;
            })];
        }

        Assert.All(Gaps(ConformalPartition.Group), gap => Assert.InRange(gap, -0.02, 0.02));
        Assert.Contains(Gaps(ConformalPartition.None), gap => gap < -0.025);
    }

    [Fact]
    public void ByGroup_AnUnknownGroupGetsEveryClass()
    {
        SimulatedScores scores = SimulatedScores.Draw(100, 3, seed: 2);
        Labels groups = new(new int[100], ["all"]);
        ConformalClassifier classifier = ConformalClassifier.Fit(
            scores.Probabilities, scores.Labels, new ConformalOptions { Partition = ConformalPartition.Group }, groups: groups);

        Assert.Equal([2, 0, 1], classifier.Set([0.2, 0.1, 0.7], 5));
    }

    [Fact]
    public void ClassWeights_RestoreTheCoverageThatALabelShiftTakes()
    {
        SimulatedScores source = SimulatedScores.Draw(20_000, 3, seed: 41, temperature: 1, prior: [0.8, 0.15, 0.05]);
        SimulatedScores target = SimulatedScores.DrawLike(source, 20_000, seed: 42, prior: [0.1, 0.3, 0.6]);
        ConformalClassifier plain = ConformalClassifier.Fit(source.Probabilities, source.Labels);
        ConformalClassifier weighted = plain.ForClassWeights([0.1 / 0.8, 0.3 / 0.15, 0.6 / 0.05]);

        Assert.True(SetCoverage.Measure(plain, target.Probabilities, target.Labels).Coverage < 0.85);
        Assert.Equal(0.9, SetCoverage.Measure(weighted, target.Probabilities, target.Labels).Coverage, 0.012);
        Assert.Equal(plain.Quantiles[0], plain.ForClassWeights([1, 1, 1]).Quantiles[1]);
        Assert.Empty(weighted.Laws);
    }

    [Fact]
    public void SaveThenLoad_GivesTheSameSets()
    {
        SimulatedScores scores = SimulatedScores.Draw(300, 4, seed: 9);
        Labels groups = new([.. Enumerable.Range(0, 300).Select(i => i % 3)], ["x", "y", "z"]);
        foreach (ConformalPartition partition in Enum.GetValues<ConformalPartition>())
        {
            ConformalClassifier classifier = ConformalClassifier.Fit(
                scores.Probabilities, scores.Labels,
                new ConformalOptions
                {
                    Score = ConformalScore.Raps,
                    Partition = partition,
                    Seed = ulong.MaxValue,
                    Guarantee = ConformalGuarantee.Approximate,
                    GuaranteeReason = "out of fold"
                },
                scores.Keys, groups);
            if (partition == ConformalPartition.None)
                classifier = classifier.ForClassWeights([1, 2, 0, 1]);

            var tensors = new NamedTensors();
            JsonObject saved = (JsonObject)JsonNode.Parse(classifier.Save(tensors, "sets.").ToJsonString())!;
            ConformalClassifier loaded = ConformalClassifier.Load(saved, tensors, "sets.");

            Assert.Equal(classifier.Quantiles, loaded.Quantiles);
            Assert.Equal((classifier.Guarantee, classifier.GuaranteeReason), (loaded.Guarantee, loaded.GuaranteeReason));
            for (int row = 0; row < 50; row++)
            {
                Assert.Equal(
                    classifier.Set(scores.Probabilities.Row(row), scores.Keys[row], row % 3),
                    loaded.Set(scores.Probabilities.Row(row), scores.Keys[row], row % 3));
            }
        }
    }

    [Fact]
    public void Load_RefusesWhateverWasChanged()
    {
        SimulatedScores scores = SimulatedScores.Draw(30, 3, seed: 9);
        ConformalClassifier classifier = ConformalClassifier.Fit(scores.Probabilities, scores.Labels);
        (string Property, JsonNode? Value)[] changes =
        [
            ("alpha", 0), ("alpha", 2), ("alpha", "0.1"), ("score", "best"), ("partition", "group"), ("guarantee", null), ("seed", "xyz"),
            ("rows", 29), ("rows", 3), ("rows", -1), ("classes", new JsonArray("a")), ("class_weights", new JsonArray(1, 2)),
                ("randomised", 1), ("raps_penalty", -1),
        ];
        foreach ((string property, JsonNode? value) in changes)
        {
            var tensors = new NamedTensors();
            JsonObject saved = classifier.Save(tensors, "");
            saved[property] = value?.DeepClone();
            Assert.Throws<InvalidDataException>(() => ConformalClassifier.Load(saved, tensors, ""));
        }

        foreach (double[] bad in new[] { new[] { 0.2, 0.1 }, [0.1, double.NaN], [double.NegativeInfinity, 0] })
        {
            var tensors = new NamedTensors();
            JsonObject saved = classifier.Save(tensors, "");
            var changed = new NamedTensors();
            changed.Add<double>("scores", [.. bad, .. tensors.Get<double>("scores").Skip(2)]);
            changed.Add<int>("labels", tensors.Get<int>("labels"));
            Assert.Throws<InvalidDataException>(() => ConformalClassifier.Load(saved, changed, ""));
        }
    }

    [Fact]
    public void Fit_RefusesWhatIsNoProbability_NamingRowAndClass()
    {
        (double[] Row, string Says)[] rows =
        [
            ([double.NaN, 0.5, 0.5], "row 1 class 0 is NaN"), ([0.5, double.PositiveInfinity, 0], "class 1 is ∞"),
                ([double.NegativeInfinity, 1, 0], "class 0"),
            ([-0.2, 0.6, 0.6], "row 1 class 0 is -0.2"), ([0.3, 0.3, 0.37], "row 1 sums to 0.97"), ([50, 30, 20], "class 0 is 50"),
        ];
        foreach ((double[] row, string says) in rows)
        {
            var probabilities = new Probabilities([0.2, 0.3, 0.5, .. row], 3);
            ArgumentException error = Assert.Throws<ArgumentException>(
                () => ConformalClassifier.TryFit(probabilities, new Labels([0, 1], ["a", "b", "c"])));
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OneRow_OneClassPresent_AllRowsIdentical_Saturated_EachGiveAnAnswerOrARefusal()
    {
        string[] names = [.. Enumerable.Range(0, 10).Select(k => $"c{k}")];
        double[] saturated = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Probabilities identical = new([.. Enumerable.Repeat(saturated, 50).SelectMany(row => row)], 10);
        var oneClass = new Labels(new int[50], names);
        foreach (ConformalScore score in AllScores)
        {
            var options = new ConformalOptions { Score = score };
            Assert.NotNull(ConformalClassifier.TryFit(new Probabilities(saturated, 10), new Labels([0], names), options).Refusal);

            ConformalClassifier classifier = ConformalClassifier.Fit(identical, oneClass, options);
            SetCoverage measured = SetCoverage.Measure(classifier, identical, oneClass);
            Assert.InRange(measured.Coverage, 0.9, 1);
            Assert.True(measured.MeanSize <= 1);
            Assert.NotNull(ConformalClassifier.TryFit(identical, oneClass, options with { Partition = ConformalPartition.Class }).Refusal);
        }
    }

    [Fact]
    public void RowKey_IsUniform_AndIndependentOfTheSeedBeside()
    {
        double[] first = [.. Enumerable.Range(0, 20_000).Select(i => RowKey.Uniform(RowKey.Of(i), 1))];
        double[] second = [.. Enumerable.Range(0, 20_000).Select(i => RowKey.Uniform(RowKey.Of(i), 2))];

        Assert.Equal(0.5, first.Average(), 0.01);
        Assert.Equal(0.25, first.Zip(second, (a, b) => a * b).Average(), 0.01);
        for (int tenth = 0; tenth < 10; tenth++)
            Assert.InRange(first.Count(u => (int)(u * 10) == tenth), 1_850, 2_150);

        Assert.Equal(RowKey.Of("a row"u8), RowKey.Of("a row"u8));
        Assert.NotEqual(RowKey.Of("a row"u8), RowKey.Of("a rov"u8));
        Assert.NotEqual(RowKey.Of([0.1, 0.9]), RowKey.Of([0.9, 0.1]));
    }
}
