using Credence.Data;
using Credence.Data.Columns;
using Credence.Models;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Tests.Models;

/// <summary>One prediction allocates for its row, never for the size of the model.</summary>
public class ClassifierAllocationTests
{
    private const int Rows = 200;

    [Fact]
    public void OneText_AllocatesFewBytes_WhateverTheVocabulary()
    {
        var rng = new Rng(1);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(row => row % 4)];
        var column = TextColumn.FromStrings("text", [.. labels.Select(k => Text(rng, k))]);
        Classifier classifier = Fit(column, labels);

        // Widened whole, the weights alone take this much.
        Assert.True(classifier.Pipeline.Columns * 8L * sizeof(double) > 48_000);
        Assert.InRange(BytesOfOne(classifier, column), 1, 16_000);
    }

    [Fact]
    public void OneRowOfNumbers_AllocatesFewBytes()
    {
        var rng = new Rng(2);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(row => row % 3)];
        var column = new VectorColumn("x", [.. labels.SelectMany(k => Enumerable.Range(0, 50).Select(j =>
            (float)rng.NextNormal() + (j == k ? 2 : 0)))], Rows, 50);
        Assert.InRange(BytesOfOne(Fit(column, labels), column), 1, 8_000);
    }

    private static Classifier Fit(IColumn column, int[] labels) =>
        new ClassifierLearner(new() { MaxThreads = 1, Folds = 2, Calibrate = false })
            .Fit(new DataSet(new Table([column]), new Labels(labels, ["a", "b", "c", "d"]))).Classifier;

    private static long BytesOfOne(Classifier classifier, IColumn column)
    {
        Predictor predictor = classifier.PredictorFor(new() { MaxThreads = 1 });
        var one = new Table([column.Select([7])]);
        for (int i = 0; i < 3; i++)
            classifier.PredictWith(predictor, one);

        long before = GC.GetAllocatedBytesForCurrentThread();
        classifier.PredictWith(predictor, one);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Text(Rng rng, int label) => string.Join(' ', Enumerable.Range(0, 16)
        .Select(i => i == 3 ? $"label{label}" : $"word{(int)(400 * rng.NextDouble() * rng.NextDouble())}"));
}
