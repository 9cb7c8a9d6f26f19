using System.Text.Json.Nodes;
using Credence.Boosting;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Numerics;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Boosting;

public sealed class BoostedTreesLearnerTests
{
    private static readonly BoostedTreesOptions Small = new() { Rounds = 20, LearningRate = 0.2, RowsPerLeaf = 3, Leaves = 8 };

    [Fact]
    public void CrossedColumns_AreLearntWhereALineCannot()
    {
        LearnerRows rows = MadeTable.Rows(1, 900, 2);

        LogitFit fit = new BoostedTreesLearner(Small).Fit(rows);

        double prior = -rows.Labels.Counts().Sum(count => count / 900.0 * Math.Log(count / 900.0));
        Assert.True(Loss(fit.OutOfFold, rows.Labels) < prior - 0.05, $"{Loss(fit.OutOfFold, rows.Labels)} against {prior}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_DoNotChangeABit(int classes)
    {
        BoostedTreesOptions drawn = Small with { RowFraction = 0.7, ColumnFraction = 0.7 };
        LogitFit one = new BoostedTreesLearner(drawn).Fit(MadeTable.Rows(2, 300, classes, 1));
        LogitFit three = new BoostedTreesLearner(drawn).Fit(MadeTable.Rows(2, 300, classes, 3));

        Assert.Equal(one.OutOfFold.Values.ToArray(), three.OutOfFold.Values.ToArray());
        Assert.Equal(Saved(one.Model), Saved(three.Model));
    }

    [Fact]
    public void TreesThatScoreAFold_AreNotGrownOnItsLabels()
    {
        // The labels of fold 0 change. Its logits must not, where the number of rounds is the same.
        LearnerRows rows = MadeTable.Rows(3, 240, 3);
        Labels changed = new([.. rows.Labels.Indices.ToArray().Select((label, row) => rows.Folds[row] == 0 ? (label + 1) % 3 : label)],
            rows.Labels.Names);
        BoostedTreesOptions patient = Small with { Rounds = 1 };

        Logits before = new BoostedTreesLearner(patient).Fit(rows).OutOfFold;
        Logits after = new BoostedTreesLearner(patient).Fit(rows with { Labels = changed }).OutOfFold;

        for (int row = 0; row < 240; row += 3)
            Assert.Equal(before.Row(row).ToArray(), after.Row(row).ToArray());
    }

    [Fact]
    public void RowsOfWeightZero_AreNotLearnt()
    {
        LearnerRows rows = MadeTable.Rows(4, 240, 3) with { Weights = [.. Enumerable.Range(0, 240).Select(row => row % 4 == 0 ? 0.0 : 1)] };
        Labels changed = new([.. rows.Labels.Indices.ToArray().Select((label, row) => row % 4 == 0 ? (label + 1) % 3 : label)],
            rows.Labels.Names);

        Assert.Equal(
            Saved(new BoostedTreesLearner(Small).Fit(rows).Model),
            Saved(new BoostedTreesLearner(Small).Fit(rows with { Labels = changed }).Model));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void SavedModel_ScoresTheSame(int classes)
    {
        LearnerRows rows = MadeTable.Rows(4, 200, classes);
        var model = (TreeModel)new BoostedTreesLearner(Small).Fit(rows).Model;
        var tensors = new NamedTensors();
        JsonObject saved = model.Save(tensors, "model.");

        TreeModel read = TreeModel.Load(saved, tensors, "model.");

        Assert.Equal(model.Score(rows.Features).Values.ToArray(), read.Score(rows.Features).Values.ToArray());
        Assert.Equal((model.Rounds, model.Leaves, model.Depth, model.Bins), (read.Rounds, read.Leaves, read.Depth, read.Bins));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void OneRow_ScoresAsAmongOthers_AndContributionsAddUpToTheLogOdds(int classes)
    {
        LearnerRows rows = MadeTable.Rows(5, 300, classes);
        var model = (TreeModel)new BoostedTreesLearner(Small).Fit(rows).Model;
        Logits all = model.Score(rows.Features);
        for (int row = 0; row < 60; row++)
        {
            IFeatureMatrix one = rows.Features.Select([row]);
            Assert.Equal(all.Row(row).ToArray(), model.Score(one).Row(0).ToArray());
            LogitContributions parts = model.Contributions(one, classes - 1, 0);
            Assert.Equal(all.Row(row)[classes - 1] - all.Row(row)[0], parts.Base + parts.Terms.Sum(term => term.LogOdds), 1e-9);
        }
    }

    [Fact]
    public void RowsAllEqual_GiveThePrior()
    {
        LearnerRows rows = MadeTable.Rows(8, 60, 3);
        var equal = new DenseMatrix(new float[60 * rows.Features.Columns], 60, rows.Features.Columns);

        TreeModel model = new BoostedTreesLearner(Small).FitRounds(rows with { Features = equal });

        Assert.Equal(model.Trees, model.Leaves);
        int[] counts = rows.Labels.Counts();
        ReadOnlySpan<double> logits = model.Score(equal).Row(0);
        Assert.Equal(Math.Log((counts[1] + 0.5) / (counts[0] + 0.5)), logits[1] - logits[0], 0.02);
    }

    [Fact]
    public void AClassOfOneRow_AndLeavesOfOneRow_KeepEveryLogitFinite()
    {
        LearnerRows rows = MadeTable.Rows(9, 90, 2);
        var labels = new Labels([.. rows.Labels.Indices.ToArray().Select((label, row) => row == 40 ? 2 : label)], ["a", "b", "lone"]);

        TreeModel model = new BoostedTreesLearner(new() { Rounds = 60, LearningRate = 1, RowsPerLeaf = 1, L2 = 0 })
            .FitRounds(rows with { Labels = labels });

        Logits logits = model.Score(rows.Features);
        Assert.True(logits.Values.IndexOfAny(double.NaN, double.PositiveInfinity, double.NegativeInfinity) < 0);
        Assert.Equal(2, logits.Row(40).IndexOf(logits.Row(40).ToArray().Max()));
    }

    [Fact]
    public void FitRounds_GivesTheRoundsAskedFor_AsTheFinalModelOfTheFoldsHasThem()
    {
        LearnerRows rows = MadeTable.Rows(10, 240, 3);
        var final = (TreeModel)new BoostedTreesLearner(Small).Fit(rows).Model;

        TreeModel model = new BoostedTreesLearner(Small with { Rounds = final.Rounds }).FitRounds(rows);

        Assert.Equal(Saved(final), Saved(model));
    }

    [Fact]
    public void MoreWorkThanAllowed_GivesFewerRounds()
    {
        LearnerRows rows = MadeTable.Rows(6, 300, 2);

        var model = (TreeModel)new BoostedTreesLearner(null, 300 * 3 * 3 * 12).Fit(rows).Model;

        Assert.InRange(model.Rounds, 1, 12);
    }

    [Theory]
    [InlineData("left", 0, 0, "child")]
    [InlineData("left", 0, 1_000_000, "child")]
    [InlineData("right", 0, -5, "child")]
    [InlineData("column", 0, 99, "column")]
    [InlineData("starts", 1, 0, "tree")]
    [InlineData("words", 0, 1_000_000, "bits")]
    public void BrokenIndex_IsRefused(string tensor, int at, int value, string said)
    {
        (JsonObject saved, NamedTensors tensors) = SavedTree(tensor == "words");
        NamedTensors broken = With(tensors, tensor, at, value);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TreeModel.Load(saved, broken, ""));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("threshold")]
    [InlineData("value")]
    public void NumberThatIsNaN_IsRefused(string tensor)
    {
        (JsonObject saved, NamedTensors tensors) = SavedTree(false);
        NamedTensors broken = With(tensors, tensor, 0, float.NaN);

        Assert.Throws<InvalidDataException>(() => TreeModel.Load(saved, broken, ""));
    }

    private static (JsonObject Saved, NamedTensors Tensors) SavedTree(bool category)
    {
        // The root splits a number, or a category, as asked: one of many seeds does.
        for (ulong seed = 10; ; seed++)
        {
            LearnerRows rows = MadeTable.Rows(seed, 120, 3);
            var model = (TreeModel)new BoostedTreesLearner(Small with { Rounds = 2 }).Fit(rows).Model;
            if (model.Nodes.Column[0] < 0 || model.Nodes.Words[0] >= 0 != category)
                continue;

            var tensors = new NamedTensors();
            return (model.Save(tensors, ""), tensors);
        }
    }

    private static NamedTensors With<T>(NamedTensors tensors, string name, int at, T value)
        where T : unmanaged
    {
        var changed = new NamedTensors();
        foreach (NamedTensor tensor in tensors.All)
        {
            if (tensor.Name != name)
            {
                changed.Add(tensor);
                continue;
            }

            T[] values = tensors.Get<T>(name);
            values[at] = value;
            changed.Add<T>(name, values);
        }

        return changed;
    }

    private static double Loss(Logits logits, Labels labels) =>
        CrossEntropy.TotalLoss(logits.Values, logits.Classes, labels.Indices) / labels.Count;

    private static string Saved(ILogitModel model)
    {
        var tensors = new NamedTensors();
        _ = model.Save(tensors, "");
        return string.Join("|", tensors.All.Select(tensor => tensor.Name + Convert.ToHexString(tensor.Bytes.Span)));
    }
}
