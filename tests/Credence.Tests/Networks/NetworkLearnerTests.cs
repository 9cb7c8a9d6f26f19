using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Features;
using Credence.LogitModels;
using Credence.Networks;
using Credence.Networks.Training;
using Credence.Numerics;
using Credence.Tests.Support;
using Xunit;

namespace Credence.Tests.Networks;

public sealed class NetworkLearnerTests
{
    private static readonly NetworkOptions Short = new() { Epochs = 15, BatchRows = 32, LearningRate = 0.01 };

    [Fact]
    public void CrossedColumns_AreLearntWhereALineCannot()
    {
        LearnerRows rows = MadeTable.Rows(1, 900, 2);

        LogitFit fit = new NetworkLearner(new TableDesign(Short)).Fit(rows);

        double prior = -rows.Labels.Counts().Sum(count => count / 900.0 * Math.Log(count / 900.0));
        double loss = Enumerable.Range(0, 900).Average(
            row => LogSumExp.Compute(fit.OutOfFold.Row(row)) - fit.OutOfFold.Row(row)[rows.Labels[row]]);
        Assert.True(loss < prior - 0.05, $"{loss} against {prior}");
        Assert.Null(fit.Rows);
    }

    [Fact]
    public void NetworkThatScoresARow_NeverSawItsLabel()
    {
        // The labels of one row of fold 0 changes: its own logits may not, since the other half chooses its epoch.
        LearnerRows rows = MadeTable.Rows(3, 240, 3);
        Labels changed =
            new([.. rows.Labels.Indices.ToArray().Select((label, row) => row == 0 ? (label + 1) % 3 : label)], rows.Labels.Names);
        var learner = new NetworkLearner(new TableDesign(Short with { Epochs = 2 }));

        Logits before = learner.Fit(rows).OutOfFold, after = learner.Fit(rows with { Labels = changed }).OutOfFold;

        Assert.Equal(before.Row(0).ToArray(), after.Row(0).ToArray());
    }

    [Fact]
    public void Pictures_AreLearnt_AndOtherColumnsRefused()
    {
        LearnerRows rows = Pictures(90);

        LogitFit fit = new NetworkLearner(new ImageDesign(Short with { Epochs = 4 })).Fit(rows);

        int right =
            Enumerable.Range(0, 90).Count(row => fit.OutOfFold.Row(row)[rows.Labels[row]] > fit.OutOfFold.Row(row)[1 - rows.Labels[row]]);
        Assert.True(right >= 80, $"{right} of 90");
        Assert.NotNull(new NetworkLearner(new ImageDesign(Short)).Unsuited(MadeTable.Rows(1, 30, 2)));
        Assert.NotNull(new NetworkLearner(new TableDesign(Short)).Unsuited(rows));
    }

    /// <summary>Pictures of 8 × 8 whose left or right half is bright.</summary>
    private static LearnerRows Pictures(int count)
    {
        var random = new Rng(2);
        var pixels = new byte[count * 64];
        var labels = new int[count];
        for (int row = 0; row < count; row++)
        {
            labels[row] = random.NextInt(2);
            for (int i = 0; i < 64; i++)
                pixels[(row * 64) + i] = (byte)(random.NextInt(100) + (i % 8 / 4 == labels[row] ? 100 : 0));
        }

        var table = new Table([new ImageColumn("picture", pixels, count, 8, 8, 1)]);
        var truth = new Labels(labels, ["left", "right"]);
        var pipeline = FeaturePipeline.Fit(table, truth);
        return new LearnerRows(truth, pipeline, pipeline.Apply(table), [.. Enumerable.Range(0, count).Select(row => row % 3)]);
    }
}
