using System.Globalization;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Linear.Minibatch;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Linear.Minibatch;

/// <summary>Forest cover: columns of very different spread, rare flags among them, are where steps along gradients are slowest to
/// arrive.</summary>
public sealed class MinibatchSoftmaxRegressionCovertypeTests
{
    [Theory]
    [InlineData(MinibatchOptimizer.AdamW)]
    [InlineData(MinibatchOptimizer.Sgd)]
    public void LogLoss_OfRowsNotSeen_IsWithinAHundredthOfTheExactSolvers(MinibatchOptimizer optimizer)
    {
        string file = Repository.Data("covtype_sample", "covtype_sample.csv");
        Assert.SkipUnless(File.Exists(file), "covtype_sample is absent; set CREDENCE_DATA to the data folder.");
        string[][] cells = [.. File.ReadLines(file).Skip(1).Select(line => line.Split(','))];
        int[] train = [.. Enumerable.Range(0, cells.Length).Where(row => row % 5 > 0)],
            test = [.. Enumerable.Range(0, cells.Length).Where(row => row % 5 == 0)];
        var table = new Table([.. Enumerable.Range(0, cells[0].Length - 1).Select(j =>
            new NumberColumn($"c{j}", [.. cells.Select(row => double.Parse(row[j], CultureInfo.InvariantCulture))]))]);
        Labels labels = Labels.From(CategoryColumn.FromNames("label", [.. cells.Select(row => row[^1])]));
        FeaturePipeline pipeline = FeaturePipeline.Fit(table.Select(train));
        IFeatureMatrix x = pipeline.Apply(table.Select(train)), unseen = pipeline.Apply(table.Select(test));
        Labels y = labels.Select(train), truth = labels.Select(test);
        double l2 = 1.0 / train.Length;

        SoftmaxModel exact = new SoftmaxRegression(new() { Lambda = l2, Tolerance = 1e-3 }).Fit(x, y);
        SoftmaxModel near = new MinibatchSoftmaxRegression(new() { Optimizer = optimizer, Epochs = 60 }).Fit(MadeRows.Of(x, y, 1000)).Model;

        Assert.InRange(near.Certificate.Objective - exact.Certificate.Objective, -1e-3, 0.01);
        Assert.InRange(Loss(near) - Loss(exact), -0.02, 0.01);

        double Loss(SoftmaxModel model)
        {
            Logits logits = model.Score(unseen);
            return Enumerable.Range(0, logits.Rows).Average(row => LogSumExp.Compute(logits.Row(row)) - logits.Row(row)[truth[row]]);
        }
    }
}
