namespace Credence.Numerics.Tests;

/// <summary>What lies around the softmax: its logarithm, its masks, axes, halves and gradients, and the logistic function.</summary>
public sealed class SoftmaxFamilyTests
{
    private const float Canary = 12345;

    [Theory]
    [InlineData(2.0)]
    [InlineData(60.0)]
    [InlineData(1e5)]
    public void LogSoftmaxAndLogSumExp_OfEveryLength_AreTheReferences(double spread)
    {
        for (int classes = 1; classes <= 257; classes++)
        {
            int rows = 1 + (classes % 4), from = classes % 5;
            float[] x = Numbers.Single((rows * classes) + from, spread, (ulong)classes);
            float[] y = [.. Enumerable.Repeat(Canary, x.Length + 20)], logs = new float[rows];
            LogSoftmax.ForwardRows(x.AsSpan(from), classes, y.AsSpan(from));
            LogSumExp.ComputeRows(x.AsSpan(from), classes, logs);
            Assert.All(y[..from].Concat(y[x.Length..]), v => Assert.Equal(Canary, v));
            for (int row = 0; row < rows; row++)
            {
                double[] z = [.. x.AsSpan(from + (row * classes), classes).ToArray().Select(v => (double)v)];
                double[] expected = Reference.LogSoftmax(z);
                for (int k = 0; k < classes; k++)
                    Assert.Equal(expected[k], y[from + (row * classes) + k], 3e-7 * (1 + Math.Abs(expected[k])));
                Assert.Equal(Reference.LogSumExp(z), logs[row], 2e-7 * (1 + Math.Abs(Reference.LogSumExp(z))));
                Assert.Equal(logs[row], LogSumExp.Compute(x.AsSpan(from + (row * classes), classes)));
            }

            LogSoftmax.ForwardRows(x.AsSpan(from), classes, x.AsSpan(from));
            Assert.True(x.AsSpan(from).SequenceEqual(y.AsSpan(from, x.Length - from)));
        }
    }

    [Fact]
    public void LogSumExp_OfSpecialRows_IsItsLimit()
    {
        Assert.Equal(float.NegativeInfinity, LogSumExp.Compute((float[])[]));
        Assert.Equal(float.NegativeInfinity, LogSumExp.Compute((float[])[float.NegativeInfinity, float.NegativeInfinity]));
        Assert.Equal(float.NaN, LogSumExp.Compute((float[])[float.NegativeInfinity, float.NaN]));
        Assert.Equal(double.NaN, LogSumExp.Compute((double[])[double.PositiveInfinity, 1]));
        Assert.Equal(1e38f, LogSumExp.Compute((float[])[1e38f, -1e38f]));
        Assert.Equal(90 + Math.Log(2), LogSumExp.Compute((double[])[90, 90]), 1e-13);
        Assert.Equal(3, LogSumExp.Compute((float[])[3, float.NegativeInfinity]));
    }

    [Fact]
    public void ForwardMaskedRows_IsTheSoftmaxOfWhatTakesPart()
    {
        foreach (int classes in (int[])[1, 3, 16, 65, 257, 3000])
        {
            float[] x = Numbers.Single(4 * classes, 20, 1), y = new float[x.Length], expected = [.. x];
            bool[] mask = [.. Enumerable.Range(0, x.Length).Select(i => i % 3 != 0 && i / classes != 2)];
            for (int i = 0; i < x.Length; i++)
                expected[i] = mask[i] ? x[i] : float.NegativeInfinity;
            Softmax.ForwardRows(expected, classes, expected);
            x[0] = float.NaN;
            Softmax.ForwardMaskedRows(x, classes, mask, y);
            Assert.Equal(expected, y);
            Assert.All(y[(2 * classes)..(3 * classes)], v => Assert.Equal(float.NaN, v));
            Softmax.ForwardMaskedRows(x, classes, mask, x);
            Assert.Equal(expected, x);
        }
    }

    [Theory]
    [InlineData(1, 5, 3)]
    [InlineData(2, 7, 19)]
    [InlineData(3, 1, 16)]
    [InlineData(1, 1000, 33)]
    public void ForwardAxis_IsWithin4UlpOfEachColumnsSoftmax(int outer, int axis, int inner)
    {
        float[] x = Numbers.Single(outer * axis * inner, 30, 1), y = new float[x.Length], threaded = new float[x.Length];
        x[0] = float.NegativeInfinity;
        Softmax.ForwardAxis(x, axis, inner, y);
        Softmax.ForwardAxis(x, axis, inner, threaded, maxThreads: 3);
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                int[] places = [.. Enumerable.Range(0, axis).Select(k => (((o * axis) + k) * inner) + i)];
                double[] expected = Reference.Softmax([.. places.Select(place => (double)x[place])]);
                for (int k = 0; k < axis; k++)
                {
                    if (axis == 1 && float.IsInfinity(x[places[k]]))
                        Assert.Equal(float.NaN, y[places[k]]);
                    else
                        SoftmaxTests.AssertUlp(expected[k], y[places[k]], 4);
                }
            }
        }

        Assert.Equal(y, threaded);
    }

    [Fact]
    public void ForwardRows_OfHalves_IsTheFloatsRoundedOnce()
    {
        foreach (int classes in (int[])[1, 5, 17, 100, 3000])
        {
            Half[] x = [.. Numbers.Uniform(3 * classes, 12, 1).Select(v => (Half)v)], y = new Half[x.Length];
            x[0] = Half.NegativeInfinity;
            x[^1] = Half.Epsilon;
            float[] expected = [.. x.Select(v => (float)v)];
            Softmax.ForwardRows(expected, classes, expected);
            Softmax.ForwardRows(x, classes, y);
            for (int i = 0; i < y.Length; i++)
            {
                short bits = BitConverter.HalfToInt16Bits(float.IsNaN(expected[i]) ? Half.NaN : (Half)expected[i]);
                Assert.True(bits == BitConverter.HalfToInt16Bits(y[i]), $"{classes} classes, element {i}: {y[i]}, not {(Half)expected[i]}");
            }
        }
    }

    [Fact]
    public void BackwardRows_IsTheDerivative()
    {
        foreach (int classes in (int[])[1, 2, 10, 70, 200])
        {
            double[] x = Numbers.Uniform(classes, 2, 1), g = Numbers.Uniform(classes, 1, 2), p = new double[classes],
                result = new double[classes];
            Softmax.ForwardRows(x, classes, p, 1.7);
            Softmax.BackwardRows(p, classes, g, result, 1.7);
            double[] expected = ReferenceLosses.Gradient(z => Reference.Softmax(z, 1.7).Zip(g, (a, b) => a * b).Sum(), x);
            for (int k = 0; k < classes; k++)
                Assert.Equal(expected[k], result[k], 1e-9);
            Softmax.BackwardRows(p, classes, g, g, 1.7);
            Assert.Equal(result, g);
        }
    }

    [Fact]
    public void SigmoidAndItsLogarithm_AreTheReferences()
    {
        float[] x = [.. Numbers.Single(3000, 100, 1), 0, -0f, 1e-30f, -1e-30f, 88, -88, 1e30f, -1e30f, float.PositiveInfinity,
            float.NegativeInfinity];
        float[] sigmoid = new float[x.Length], log = new float[x.Length];
        Sigmoid.Apply(x, sigmoid);
        LogSigmoid.Apply(x, log);
        for (int i = 0; i < x.Length; i++)
        {
            double e = Math.Exp(-Math.Abs((double)x[i])), expected = (x[i] >= 0 ? 1 : e) / (1 + e);
            SoftmaxTests.AssertUlp(expected, sigmoid[i], 3);
            double logarithm = Math.Min((double)x[i], 0) - (e < 1e-9 ? e : Math.Log(1 + e));
            if (float.IsNegativeInfinity(x[i]))
                Assert.Equal(float.NegativeInfinity, log[i]);
            else
                SoftmaxTests.AssertUlp(logarithm, log[i], 4);
            Assert.Equal(sigmoid[i], Sigmoid.Compute(x[i]));
            Assert.Equal(log[i], LogSigmoid.Compute(x[i]));
        }

        Assert.Equal(float.NaN, Sigmoid.Compute(float.NaN));
        Assert.Equal(double.NaN, LogSigmoid.Compute(double.NaN));
    }

    [Fact]
    public void BinaryCrossEntropy_AndItsGradient_AreTheReferences()
    {
        for (int count = 0; count <= 70; count++)
        {
            double[] x = Numbers.Uniform(count, 8, 1), t = [.. Numbers.Uniform(count, 0.5, 2).Select(v => v + 0.5)],
                w = Numbers.Uniform(count, 2, 3);
            double[] g = [.. Enumerable.Repeat((double)Canary, count + 9)];
            double loss = BinaryCrossEntropy.LossAndGradient(x, t, w, g);
            Assert.All(g[count..], v => Assert.Equal(Canary, v));
            Assert.Equal(Enumerable.Range(0, count).Sum(i => w[i] * ReferenceLosses.Binary(x[i], t[i])), loss, 1e-9);
            Assert.Equal(loss, BinaryCrossEntropy.TotalLoss(x, t, w));
            for (int i = 0; i < count; i++)
                Assert.Equal(w[i] * ((1 / (1 + Math.Exp(-x[i]))) - t[i]), g[i], 1e-12);
        }

        Assert.Equal(0, BinaryCrossEntropy.TotalLoss((float[])[float.PositiveInfinity, float.NegativeInfinity, 0], [1, 0, 1], [1, 1, 0]));
        Assert.Equal(1000, BinaryCrossEntropy.TotalLoss((float[])[1000], [0]));
    }

    [Fact]
    public void WrongArguments_ThrowWithTheNumbersAndWriteNothing()
    {
        float[] y = [Canary, Canary, Canary, Canary];
        Assert.Contains("length 4, needs at least 6", Assert.Throws<ArgumentException>(() => LogSoftmax.ForwardRows(new float[6], 3, y))
            .Message);
        Assert.Contains("not a multiple of 3", Assert.Throws<ArgumentException>(() => LogSumExp.ComputeRows(new float[4], 3, y)).Message);
        Assert.Contains("'mask' has length 3, needs 4", Assert.Throws<ArgumentException>(
            () => Softmax.ForwardMaskedRows(new float[4], 2, new bool[3], y)).Message);
        Assert.Contains("not a multiple of 3", Assert.Throws<ArgumentException>(() => Softmax.ForwardAxis(new float[4], 3, 1, y)).Message);
        Assert.Contains("'outputGradient' has length 2, needs 4", Assert.Throws<ArgumentException>(
            () => Softmax.BackwardRows(new float[4], 2, new float[2], y)).Message);
        Assert.Contains("overlaps", Assert.Throws<ArgumentException>(() => Sigmoid.Apply(y.AsSpan(0, 3), y.AsSpan(1))).Message);
        Assert.Contains("'targets' has length 1, needs 4", Assert.Throws<ArgumentException>(
            () => BinaryCrossEntropy.LossAndGradient(new float[4], new float[1], default, y)).Message);
        Assert.All(y, v => Assert.Equal(Canary, v));
    }

    [Fact]
    public void OneThread_AllocatesNothing()
    {
        foreach (int classes in (int[])[10, 100, 5000])
        {
            int rows = 10_000 / classes;
            float[] x = Numbers.Single(rows * classes, 60, 1), y = new float[x.Length], logs = new float[rows];
            Half[] half = new Half[x.Length];
            bool[] mask = new bool[x.Length];
            int[] labels = new int[rows];
            Action[] kernels =
            [
                () => Softmax.ForwardRows(x, classes, y),
                () => Softmax.ForwardMaskedRows(x, classes, mask, y),
                () => Softmax.ForwardAxis(x, rows, classes, y),
                () => Softmax.ForwardRows(half, classes, half),
                () => Softmax.BackwardRows(x, classes, x, y),
                () => LogSoftmax.ForwardRows(x, classes, y),
                () => LogSumExp.ComputeRows(x, classes, logs),
                () => CrossEntropy.LossAndGradientRows(x, classes, labels, default, y),
                () => CrossEntropy.FocalLossAndGradientRows(x, classes, labels, 2, default, y),
                () => CrossEntropy.SmoothedLossAndGradientRows(x, classes, labels, 0.1, default, y),
                () => CrossEntropy.DistributionLossAndGradientRows(x, classes, x, default, y),
                () => BinaryCrossEntropy.LossAndGradient(x, x, default, y),
                () => Exp.Apply(x, y),
                () => Log.Apply(x, y),
                () => Sigmoid.Apply(x, y),
                () => LogSigmoid.Apply(x, y),
            ];
            for (int k = 0; k < kernels.Length; k++)
            {
                // A collection that other tests cause can be counted here, but not every time.
                kernels[k]();
                long least = long.MaxValue;
                for (int i = 0; i < 10 && least > 0; i++)
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    kernels[k]();
                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                }

                Assert.True(least == 0, $"kernel {k} with {classes} classes allocates {least} bytes");
            }
        }
    }
}
