namespace Credence.Numerics.Tests;

public sealed class CrossEntropyTests
{
    private const float Canary = 12345;

    [Fact]
    public void LossAndGradient_OfEveryLength_AreTheReferencesAndTouchNothingElse()
    {
        foreach (double spread in (double[])[2, 40, 3000])
        {
            for (int classes = 1; classes <= 257; classes++)
            {
                int rows = 1 + (classes % 5), from = classes % 7;
                float[] x = Numbers.Single((rows * classes) + from, spread, (ulong)classes);
                int[] labels = Numbers.Labels(rows, classes, 3);
                float[] g = [.. Enumerable.Repeat(Canary, x.Length + 20)];
                double loss = CrossEntropy.LossAndGradientRows(x.AsSpan(from), classes, labels, default, g.AsSpan(from));
                Assert.All(g[..from].Concat(g[x.Length..]), v => Assert.Equal(Canary, v));
                double expected = 0;
                for (int row = 0; row < rows; row++)
                {
                    double[] z = [.. x.AsSpan(from + (row * classes), classes).ToArray().Select(v => (double)v)];
                    double[] truth = ReferenceLosses.OneHot(labels[row], classes), p = Reference.Softmax(z);
                    expected += ReferenceLosses.CrossEntropy(z, truth);
                    for (int k = 0; k < classes; k++)
                        Assert.Equal(p[k] - truth[k], g[from + (row * classes) + k], 1e-44 + (1e-6 * Math.Max(p[k], truth[k])));
                }

                Assert.Equal(expected, loss, 1e-6 * (rows + expected));
                Assert.Equal(loss, CrossEntropy.TotalLoss(x.AsSpan(from), classes, labels), 1e-12 * Math.Abs(loss));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(70)]
    [InlineData(2100)]
    public void Gradients_AreTheDerivativesOfTheirLosses(int classes)
    {
        const int Rows = 2;
        double[] x = Numbers.Uniform(Rows * classes, 3, 1), weights = [0.5, 2], g = new double[x.Length];
        double[] targets = [.. Numbers.Uniform(x.Length, 1, 2).Select(Math.Abs)];
        int[] labels = Numbers.Labels(Rows, classes, 4);
        (string Name, Func<double[], double[], double> Loss)[] losses =
        [
            ("plain", (z, to) => CrossEntropy.LossAndGradientRows(z, classes, labels, weights, to)),
            ("smoothed", (z, to) => CrossEntropy.SmoothedLossAndGradientRows(z, classes, labels, 0.2, weights, to)),
            ("focal", (z, to) => CrossEntropy.FocalLossAndGradientRows(z, classes, labels, 1.5, weights, to)),
            ("distribution", (z, to) => CrossEntropy.DistributionLossAndGradientRows(z, classes, targets, weights, to)),
        ];
        foreach ((string name, Func<double[], double[], double> loss) in losses)
        {
            loss(x, g);
            for (int i = 0; i < x.Length; i += 1 + (x.Length / 40))
            {
                double[] above = [.. x], below = [.. x], ignored = new double[x.Length];
                above[i] += 1e-5;
                below[i] -= 1e-5;
                double slope = (loss(above, ignored) - loss(below, ignored)) / 2e-5;
                Assert.True(Math.Abs(slope - g[i]) < 1e-6, $"{name}, {classes} classes, element {i}: {g[i]}, numerically {slope}");
            }
        }
    }

    [Fact]
    public void Losses_AreTheReferences()
    {
        const int Rows = 5, Classes = 13;
        float[] x = Numbers.Single(Rows * Classes, 4, 1);
        int[] labels = Numbers.Labels(Rows, Classes, 2);
        float[] targets = new float[x.Length];
        Softmax.ForwardRows(Numbers.Single(x.Length, 1, 3), Classes, targets);
        double smoothed = 0, focal = 0, distribution = 0;
        for (int row = 0; row < Rows; row++)
        {
            double[] z = [.. x.AsSpan(row * Classes, Classes).ToArray().Select(v => (double)v)];
            smoothed += ReferenceLosses.CrossEntropy(z, ReferenceLosses.OneHot(labels[row], Classes, 0.1));
            focal += ReferenceLosses.Focal(z, labels[row], 2);
            distribution += ReferenceLosses.CrossEntropy(z, [.. targets.AsSpan(row * Classes, Classes).ToArray().Select(v => (double)v)]);
        }

        Assert.Equal(smoothed, CrossEntropy.SmoothedLossAndGradientRows(x, Classes, labels, 0.1, default, []), 1e-5);
        Assert.Equal(focal, CrossEntropy.FocalLossAndGradientRows(x, Classes, labels, 2, default, []), 1e-5);
        Assert.Equal(distribution, CrossEntropy.DistributionLossAndGradientRows(x, Classes, targets, default, []), 1e-5);
    }

    [Fact]
    public void Loss_OfHardRows_IsExact()
    {
        Assert.Equal(98.0, CrossEntropy.TotalLoss((float[])[90, 2, -8], 3, [2]), 2e-7);
        Assert.Equal(2e38, CrossEntropy.TotalLoss((float[])[1e38f, -1e38f], 2, [1]), 1e32);
        Assert.Equal(0, CrossEntropy.TotalLoss((float[])[1e38f, -1e38f], 2, [0]));
        Assert.Equal(400, CrossEntropy.TotalLoss((double[])[0, -400], 2, [1]), 1e-12);
        Assert.Equal(1000, CrossEntropy.TotalLoss((double[])[0, -1000], 2, [1]), 1e-9);
        Assert.Equal(double.PositiveInfinity, CrossEntropy.TotalLoss((float[])[0, float.NegativeInfinity], 2, [1]));
        Assert.Equal(double.NaN, CrossEntropy.TotalLoss((float[])[0, float.NaN], 2, [0]));
        Assert.Equal(double.NaN, CrossEntropy.TotalLoss((float[])[float.NegativeInfinity, float.NegativeInfinity], 2, [0]));
        Assert.Equal(0, CrossEntropy.TotalLoss((float[])[0, float.NaN], 2, [0], [0]));
        Assert.True(CrossEntropy.TotalLoss((float[])[20, 0], 2, [0]) is >= 0 and < 1e-7);
    }

    [Theory]
    [InlineData(3, 40)]
    [InlineData(5000, 4)]
    public void ARowWithoutALabel_CountsForNothing(int classes, int rows)
    {
        float[] x = Numbers.Single(rows * classes, 3, 5), g = new float[x.Length], ofKnown = new float[x.Length];
        int[] labels = [.. Enumerable.Range(0, rows).Select(row => row % 3 == 1 ? -1 : row % classes)];
        int[] known = [.. labels.Select(label => Math.Max(label, 0))];
        float[] weights = [.. labels.Select(label => label < 0 ? 0f : 1f)];
        x[classes] = float.NaN;

        double loss = CrossEntropy.LossAndGradientRows(x, classes, labels, default, g, 2);

        Assert.Equal(CrossEntropy.LossAndGradientRows(x, classes, known, weights, ofKnown), loss);
        ofKnown.AsSpan(classes, classes).Clear();
        Assert.Equal(ofKnown, g);
        Assert.All(g.AsSpan(classes, classes).ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(loss, CrossEntropy.TotalLoss(x, classes, labels));
        Assert.True(loss > 0);
        Assert.Equal(0, CrossEntropy.TotalLoss((double[])[1, 2], 2, [-1]));
    }

    [Fact]
    public void Gradient_InPlaceAndOverThreads_IsTheSame()
    {
        foreach (int classes in (int[])[7, 100, 5000])
        {
            float[] x = Numbers.Single(40_000 / classes * classes, 60, 1), g = new float[x.Length], threaded = new float[x.Length];
            int[] labels = Numbers.Labels(x.Length / classes, classes, 2);
            double loss = CrossEntropy.LossAndGradientRows(x, classes, labels, default, g);
            Assert.Equal(loss, CrossEntropy.LossAndGradientRows(x, classes, labels, default, threaded, 3));
            Assert.Equal(loss, CrossEntropy.LossAndGradientRows(x, classes, labels, default, x));
            Assert.Equal(g, threaded);
            Assert.Equal(g, x);
        }
    }

    [Fact]
    public void WrongArguments_ThrowWithTheNumbersAndWriteNothing()
    {
        float[] g = [Canary, Canary, Canary, Canary];
        Assert.Contains("'gradient' has length 4, needs at least 6", Assert.Throws<ArgumentException>(
            () => CrossEntropy.LossAndGradientRows(new float[6], 3, [0, 1], default, g)).Message);
        Assert.Contains("'labels' has length 1, needs 2", Assert.Throws<ArgumentException>(
            () => CrossEntropy.LossAndGradientRows(new float[4], 2, [0], default, g)).Message);
        Assert.Contains("label 2; with 2 classes", Assert.Throws<ArgumentException>(
            () => CrossEntropy.LossAndGradientRows(new float[4], 2, [0, 2], default, g)).Message);
        Assert.Contains("'weights' has length 1, needs 2", Assert.Throws<ArgumentException>(
            () => CrossEntropy.LossAndGradientRows(new float[4], 2, [0, 1], [1], g)).Message);
        Assert.Contains("'targets' has length 3, needs 4", Assert.Throws<ArgumentException>(
            () => CrossEntropy.DistributionLossAndGradientRows(new float[4], 2, new float[3], default, g)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            CrossEntropy.SmoothedLossAndGradientRows(new float[4], 2, [0, 1], 1.1, default, g));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropy.FocalLossAndGradientRows(new float[4], 2, [0, 1], -1, default, g));
        Assert.All(g, v => Assert.Equal(Canary, v));
    }
}
