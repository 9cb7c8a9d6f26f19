using Credence.Calibration;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Numerics;
using Credence.Optimization;
using Credence.Tests.Support;

namespace Credence.Tests.Linear;

/// <summary>Rows that break careless solvers: right, bounded in memory, or refused with the reason.</summary>
public class SoftmaxRegressionHardRowsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void RowsToldApartWithoutError_HaveNoOptimumWithoutAPenalty_AndOneWith(int classes)
    {
        float[] x = [.. Enumerable.Range(0, 60).Select(i => (float)((10 * (i % classes)) + (i % 7)))];
        var rows = new DenseMatrix(x, 60, 1);
        var y = new Labels([.. Enumerable.Range(0, 60).Select(i => i % classes)], TrainingData.Names(classes));

        SoftmaxModel free = new SoftmaxRegression(new() { Lambda = 0 }).Fit(rows, y);
        SoftmaxModel held = new SoftmaxRegression(new() { Lambda = 1e-6, Tolerance = 1e-6 }).Fit(rows, y);

        Assert.Equal(StopReason.Separable, free.Certificate.StopReason);
        Assert.Null(free.Certificate.DualityGap);
        Assert.Equal(1, TrainingData.Accuracy(free.Score(rows), y));
        Assert.Equal(StopReason.Converged, held.Certificate.StopReason);
        Assert.True(held.Certificate.DualityGap <= 1e-6 * held.Certificate.Objective);
    }

    [Fact]
    public void RowsNotToldApart_HaveAnOptimumWithoutAPenalty()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 200, columns: 3, classes: 3, seed: 30, spread: 3);

        SoftmaxModel model = new SoftmaxRegression(new() { Lambda = 0, Tolerance = 1e-8 }).Fit(x, y);

        Assert.Equal(StopReason.Converged, model.Certificate.StopReason);
        Assert.InRange(model.Certificate.GradientNorm, 0, 1e-4);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void ConstantColumns_AndColumnsTwice_ChangeNoProbability(int classes)
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 180, columns: 4, classes, seed: 31, spread: 2);
        float[] constant = [.. Enumerable.Range(0, 180).SelectMany(i => (float[])[.. x.Row(i), 1e4f, 0])];
        float half = 1 / MathF.Sqrt(2);
        float[] twice = [.. Enumerable.Range(0, 180)
            .SelectMany(i => (float[])[.. x.Row(i).ToArray().Select(v => v * half), .. x.Row(i).ToArray().Select(v => v * half)])];
        var options = new SoftmaxRegressionOptions { Lambda = 1e-2, Tolerance = 1e-10 };

        SoftmaxModel plain = new SoftmaxRegression(options).Fit(x, y);
        SoftmaxModel withConstant = new SoftmaxRegression(options).Fit(new DenseMatrix(constant, 180, 6), y);
        SoftmaxModel withTwice = new SoftmaxRegression(options).Fit(new DenseMatrix(twice, 180, 8), y);

        Assert.Equal(plain.Certificate.Objective, withConstant.Certificate.Objective, 1e-8);
        Assert.Equal(plain.Certificate.Objective, withTwice.Certificate.Objective, 1e-8);
        for (int j = 0; j < 4; j++)
        {
            for (int k = 0; k < classes; k++)
                Assert.Equal(withTwice.Weights[(j * classes) + k], withTwice.Weights[((j + 4) * classes) + k], 1e-5);
        }
    }

    [Fact]
    public void AClassOfOneRow_GetsItsShare()
    {
        (DenseMatrix x, Labels some) = TrainingData.Clusters(rows: 101, columns: 3, classes: 2, seed: 32, spread: 2);
        var y = new Labels([.. Enumerable.Range(0, 101).Select(i => i == 40 ? 2 : some[i])], TrainingData.Names(3));

        SoftmaxModel model = new SoftmaxRegression(new() { Lambda = 1e-2, Tolerance = 1e-10 }).Fit(x, y);

        Probabilities p = new IdentityCalibrator(3).Apply(model.Score(x));
        Assert.Equal(1.0, Enumerable.Range(0, 101).Sum(i => p.Row(i)[2]), 1e-4);
    }

    [Fact]
    public void OneColumn_OneRow_AndRowsWithoutColumnsOfUse()
    {
        var one = new DenseMatrix([1, 2, 3, 4], 4, 1);
        SoftmaxModel model = new SoftmaxRegression(new() { Lambda = 1e-3 }).Fit(one, new Labels([0, 0, 1, 1], ["a", "b"]));
        Assert.Equal(1, TrainingData.Accuracy(model.Score(one), new Labels([0, 0, 1, 1], ["a", "b"])));

        var error = Assert.Throws<ArgumentException>(() =>
            new SoftmaxRegression(new()).Fit(new DenseMatrix([1, 2], 1, 2), new Labels([0], ["a", "b"])));
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SoftmaxRegression(new()).Fit(new DenseMatrix([], 0, 2), new Labels([], ["a", "b"])));

        SoftmaxModel nothing = new SoftmaxRegression(new() { Lambda = 1e-3 })
            .Fit(new DenseMatrix(new float[8], 4, 2), new Labels([0, 1, 1, 1], ["a", "b"]));
        Assert.Equal(Log.Compute(3.0), nothing.Bias[1] - nothing.Bias[0], 1e-9);
        Assert.Equal(Enumerable.Repeat(0f, 4), nothing.Weights.ToArray());
    }

    [Fact]
    public void TenThousandClasses_AreLearnt_InBoundedMemory()
    {
        const int Classes = 10_000, Count = 240;
        var rng = new Rng(33);
        float[] x = [.. Enumerable.Range(0, Count * 5).Select(_ => (float)rng.NextNormal())];
        var y = new Labels([.. Enumerable.Range(0, Count).Select(i => i / 3 * 17)], TrainingData.Names(Classes));
        long before = GC.GetAllocatedBytesForCurrentThread();

        SoftmaxModel model = new SoftmaxRegression(new() { Lambda = 1e-3, Tolerance = 1e-2, MaxThreads = 1 })
            .Fit(new DenseMatrix(x, Count, 5), y);

        // Scores take 10 MB as floats and 19 MB as doubles; no matrix of classes by classes, of 800 MB, may be made.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600_000_000);
        Assert.True(model.Certificate.DualityGap <= 1e-2 * model.Certificate.Objective);
        Assert.InRange(Enumerable.Range(0, 5)
            .Max(j => Math.Abs(model.Weights.Slice(j * Classes, Classes).ToArray().Sum(w => (double)w))), 0, 1e-2);
    }

    [Fact]
    public void FiveMillionColumns_OfTwentyNumbersARow_AreLearnt_InBoundedMemory()
    {
        const int Columns = 5_000_000, Count = 3000;
        var rng = new Rng(34);
        var indices = new List<int>();
        var labels = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            labels[i] = i % 2;
            int tell = rng.NextDouble() < 0.8 ? labels[i] : 1 - labels[i];
            indices.AddRange(Enumerable.Range(0, 19).Select(_ => 2 + rng.NextInt(Columns - 2)).Append(tell).Distinct().Order());
            while (indices.Count < 20 * (i + 1))
                indices.Add(Columns - (20 * (i + 1)) + indices.Count);
        }

        int[] starts = [.. Enumerable.Range(0, Count + 1).Select(i => 20 * i)];
        for (int i = 0; i < Count; i++)
            indices.Sort(20 * i, 20, Comparer<int>.Default);
        var x = new SparseMatrix(starts, [.. indices], [.. Enumerable.Repeat(1f, 20 * Count)], Columns);
        long before = GC.GetAllocatedBytesForCurrentThread();

        SoftmaxModel model = new SoftmaxRegression(new() { Lambda = 1e-2, Tolerance = 1e-4, MaxThreads = 1 })
            .Fit(x, new Labels(labels, ["a", "b"]));

        // W takes 20 MB as floats of one column of scores and 40 MB as doubles.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 800_000_000);
        Assert.True(model.Certificate.DualityGap <= 1e-4 * model.Certificate.Objective);
        Assert.True(model.Weights[0] > 0.2 && model.Weights[3] > 0.2);
    }

    [Fact]
    public void MoreScoresThanAnArrayHolds_AreRefused()
    {
        var x = new SparseMatrix([0, 0, 0], [], [], 2_000_000);

        var error = Assert.Throws<ArgumentException>(() =>
            new SoftmaxRegression(new()).Fit(x, new Labels([0, 1], TrainingData.Names(10_000))));

        Assert.Contains("2 rows × 2000000 columns of 10000 classes are too many", error.Message, StringComparison.Ordinal);
    }
}
