using CsCheck;

namespace Credence.Numerics.Tests;

public sealed class GumbelTests
{
    private const float Canary = 12345;

    /// <summary>Row i's logits plus the Gumbel draws of stream i.</summary>
    private static double[] Perturbed(double[] logits, int classes, int row, Rng rng)
    {
        double[] z = new double[classes];
        rng.Split((ulong)row).FillGumbel(z);
        return [.. z.Select((g, j) => logits[(row * classes) + j] + g)];
    }

    private static double[] Normals(int length, ulong seed)
    {
        double[] x = new double[length];
        new Rng(seed).FillNormal(x);
        return x;
    }

    [Fact]
    public void SampleRows_OfEveryLength_TakesTheLargestPerturbedLogits()
    {
        for (int classes = 1; classes <= 257; classes++)
        {
            double[] logits = [.. Normals(3 * classes, (ulong)classes).Select(v => (double)(float)v)];
            int count = 1 + (classes / 3);
            int[] labels = [.. Enumerable.Repeat(-7, (3 * count) + 4)], single = new int[3 * count], one = new int[3];
            var rng = new Rng(5);
            Gumbel.SampleRows(logits, classes, count, labels.AsSpan(2, 3 * count), rng);
            Gumbel.SampleRows([.. logits.Select(v => (float)v)], classes, count, single, rng);
            Gumbel.SampleRows(logits, classes, one, rng);
            Assert.Equal([-7, -7, -7, -7], [.. labels[..2], .. labels[^2..]]);
            for (int row = 0; row < 3; row++)
            {
                double[] z = Perturbed(logits, classes, row, new Rng(5));
                int[] expected = [.. Enumerable.Range(0, classes).OrderByDescending(j => z[j]).Take(count)];
                Assert.Equal(expected, labels.AsSpan(2 + (row * count), count).ToArray());
                Assert.Equal(expected, single.AsSpan(row * count, count).ToArray());
                Assert.Equal(expected[0], one[row]);
            }
        }
    }

    [Fact]
    public void SampleRows_DrawsFromTheSoftmax_AndWithoutReplacementFromWhatIsLeft()
    {
        const int Rows = 100_000;
        double[] row = [1, -0.5, 0.3, double.NegativeInfinity], p = Reference.Softmax(row);
        double[] logits = [.. Enumerable.Repeat(row, Rows).SelectMany(r => r)];
        int[] labels = new int[Rows * 4];
        Gumbel.SampleRows(logits, 4, 4, labels, new Rng(8));
        var pairs = new Dictionary<(int, int), int>();
        for (int r = 0; r < Rows; r++)
        {
            (int first, int second) = (labels[r * 4], labels[(r * 4) + 1]);
            pairs[(first, second)] = pairs.GetValueOrDefault((first, second)) + 1;
            Assert.Equal(-1, labels[(r * 4) + 3]);
            Assert.Equal([0, 1, 2], labels.AsSpan(r * 4, 3).ToArray().Order());
        }

        foreach (((int first, int second), int times) in pairs)
        {
            double expected = p[first] * p[second] / (1 - p[first]);
            Assert.Equal(expected, times / (double)Rows, 5 * Math.Sqrt(expected * (1 - expected) / Rows));
        }
    }

    [Fact]
    public void RelaxRows_IsTheSoftmaxOfPerturbedLogits_AndStraightThroughItsArgMax()
    {
        for (int classes = 1; classes <= 257; classes += 4)
        {
            double[] logits = Normals(2 * classes, (ulong)classes), relaxed = new double[2 * classes], again = new double[2 * classes];
            float[] single = [.. Enumerable.Repeat(Canary, (2 * classes) + 20)];
            double[] draws = [.. Enumerable.Repeat((double)Canary, (2 * classes) + 20)];
            int[] labels = new int[2];
            var rng = new Rng(9);
            Gumbel.RelaxRows(logits, classes, relaxed, rng, 0.7);
            Gumbel.RelaxRows([.. logits.Select(v => (float)v)], classes, single.AsSpan(10, 2 * classes), rng, 0.7f);
            Gumbel.StraightThroughRows(logits, classes, again, draws.AsSpan(10, 2 * classes), rng, 0.7);
            Gumbel.SampleRows(logits, classes, labels, rng);
            Assert.Equal(relaxed, again);
            Assert.All(single[..10].Concat(single[^10..]).Select(v => (double)v).Concat(draws[..10]).Concat(draws[^10..]), v =>
                Assert.Equal(Canary, v));
            for (int row = 0; row < 2; row++)
            {
                double[] expected = Reference.Softmax(Perturbed(logits, classes, row, rng), 0.7);
                for (int j = 0; j < classes; j++)
                {
                    Assert.Equal(expected[j], relaxed[(row * classes) + j], 1e-13);
                    Assert.Equal(expected[j], single[10 + (row * classes) + j], 5e-6);
                    Assert.Equal(j == labels[row] ? 1 : 0, draws[10 + (row * classes) + j]);
                }
            }
        }
    }

    [Fact]
    public void BackwardRows_IsTheNumericalDerivativeOfTheRelaxation() =>
        Gen.Select(Gen.Int[1, 12], Gen.Double[0.3, 3], Gen.ULong).Sample((classes, temperature, seed) =>
        {
            double[] logits = Normals(classes, seed), weights = Normals(classes, seed + 1), p = new double[classes],
                gradient = new double[classes];
            Gumbel.RelaxRows(logits, classes, p, new Rng(seed), temperature);
            Gumbel.BackwardRows(p, classes, weights, gradient, temperature);
            float[] single = [.. weights.Select(v => (float)v)];
            Gumbel.BackwardRows([.. p.Select(v => (float)v)], classes, single, single, (float)temperature);
            return Enumerable.Range(0, classes).All(j =>
                Math.Abs(((Loss(j, 1e-6) - Loss(j, -1e-6)) / 2e-6) - gradient[j]) < 1e-6 && Math.Abs(single[j] - gradient[j]) < 1e-5);

            double Loss(int j, double step)
            {
                double[] moved = [.. logits], y = new double[classes];
                moved[j] += step;
                Gumbel.RelaxRows(moved, classes, y, new Rng(seed), temperature);
                return y.Zip(weights, (a, b) => a * b).Sum();
            }
        }, iter: 50);

    [Fact]
    public void EveryForm_IsTheSameForAnyThreads_AndLeavesTheGeneratorAsItWas()
    {
        float[] logits = [.. Normals(200_000, 1).Select(v => (float)v)];
        var rng = new Rng(3);
        (int[] Labels, float[] Relaxed, float[] Draws, float[] Gradient) Run(int maxThreads)
        {
            int[] labels = new int[40_000];
            float[] relaxed = new float[logits.Length], draws = new float[logits.Length], gradient = new float[logits.Length];
            Gumbel.SampleRows(logits, 10, 2, labels, rng, maxThreads);
            Gumbel.StraightThroughRows(logits, 10, relaxed, draws, rng, 0.5f, maxThreads);
            Gumbel.BackwardRows(relaxed, 10, logits, gradient, 0.5f, maxThreads);
            return (labels, relaxed, draws, gradient);
        }

        (int[] labels, float[] relaxed, float[] draws, float[] gradient) = Run(1);
        foreach (int maxThreads in (int[])[2, 3, 8])
        {
            (int[] labels2, float[] relaxed2, float[] draws2, float[] gradient2) = Run(maxThreads);
            Assert.Equal(labels, labels2);
            Assert.Equal(relaxed, relaxed2);
            Assert.Equal(draws, draws2);
            Assert.Equal(gradient, gradient2);
        }

        Assert.Equal(new Rng(3).NextUInt64(), rng.NextUInt64());
    }

    [Theory]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 0)]
    public void EveryForm_OfARowWithoutASoftmax_DrawsNothing(double first, double second)
    {
        double[] logits = [0, 1, first, second, 1, 0], relaxed = new double[6], draws = new double[6];
        int[] labels = new int[3];
        Gumbel.SampleRows(logits, 2, labels, new Rng(1));
        Gumbel.StraightThroughRows(logits, 2, relaxed, draws, new Rng(1));
        Assert.Equal([false, true, false], labels.Select(l => l == -1));
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(i is 2 or 3, double.IsNaN(draws[i]));
            Assert.Equal(i is 2 or 3, double.IsNaN(relaxed[i]));
        }
    }

    [Fact]
    public void EveryForm_OnOneThread_AllocatesNothing()
    {
        float[] x = new float[3000], y = new float[3000], draws = new float[3000];
        int[] labels = new int[200];
        var rng = new Rng(1);
        Action all = () =>
        {
            Gumbel.SampleRows(x, 30, 2, labels, rng);
            Gumbel.StraightThroughRows(x, 30, y, draws, rng);
            Gumbel.BackwardRows(y, 30, draws, draws);
        };
        all();
        long before = GC.GetAllocatedBytesForCurrentThread();
        all();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void EveryForm_OfWrongShapes_ThrowsWithTheNumbersAndWritesNothing()
    {
        float[] y = [Canary, Canary, Canary, Canary], six = new float[6];
        int[] labels = [-7];
        var rng = new Rng(1);
        Assert.Contains("'labels' has length 1, needs at least 2",
            Assert.Throws<ArgumentException>(() => Gumbel.SampleRows(six, 3, labels, rng)).Message);
        Assert.Contains("from 1 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => Gumbel.SampleRows(six, 3, 4, labels, rng)).Message);
        Assert.Contains("not a multiple of 4", Assert.Throws<ArgumentException>(() => Gumbel.SampleRows(six, 4, labels, rng)).Message);
        Assert.Contains("'probabilities' has length 4, needs at least 6",
            Assert.Throws<ArgumentException>(() => Gumbel.RelaxRows(six, 3, y, rng)).Message);
        Assert.Contains("'draws' has length 4, needs at least 6",
            Assert.Throws<ArgumentException>(() => Gumbel.StraightThroughRows(six, 3, new float[6], y, rng)).Message);
        Assert.Contains("'draws' shares memory",
            Assert.Throws<ArgumentException>(() => Gumbel.StraightThroughRows(new float[4], 2, y, y, rng)).Message);
        Assert.Contains("'gradient' has length 4, needs at least 6",
            Assert.Throws<ArgumentException>(() => Gumbel.BackwardRows(six, 3, six, y)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Gumbel.RelaxRows(new float[4], 2, y, rng, temperature: 0));
        Assert.Throws<ArgumentNullException>(() => Gumbel.RelaxRows(new float[4], 2, y, null!));
        Assert.All(y, v => Assert.Equal(Canary, v));
        Assert.Equal([-7], labels);
    }
}
