using CsCheck;

namespace Credence.Numerics.Tests;

/// <summary>Sparsemax and 1.5-entmax, held against their definition: the τ at which the probabilities sum to 1, found by
/// bisection.</summary>
public sealed class SupportRowsTests
{
    private const float Canary = 12345;

    private delegate void Forward<T>(ReadOnlySpan<T> logits, int classes, Span<T> probabilities, int maxThreads);

    private delegate void Backward<T>(
        ReadOnlySpan<T> probabilities, int classes, ReadOnlySpan<T> outputGradient, Span<T> gradient, int maxThreads);

    private sealed record Map(
        double Scale, double Power, Forward<float> Single, Forward<double> Double, Backward<float> SingleBackward,
        Backward<double> DoubleBackward)
    {
        public double[] Reference(IReadOnlyList<double> logits)
        {
            double max = logits.Max();
            double[] z = [.. logits.Select(v => (v - max) * Scale)];
            double low = -1, high = 0;
            for (int step = 0; step < 200; step++)
            {
                double middle = (low + high) / 2;
                if (z.Sum(v => Math.Pow(Math.Max(0, v - middle), Power)) > 1)
                    low = middle;
                else
                    high = middle;
            }

            return [.. z.Select(v => Math.Pow(Math.Max(0, v - low), Power))];
        }

        public double[] Run(double[] row)
        {
            double[] p = new double[row.Length];
            Double(row, row.Length, p, 1);
            return p;
        }
    }

    private static readonly Map[] Maps =
    [
        new(1, 1, Sparsemax.ForwardRows, Sparsemax.ForwardRows, Sparsemax.BackwardRows, Sparsemax.BackwardRows),
        new(0.5, 2, Entmax15.ForwardRows, Entmax15.ForwardRows, Entmax15.BackwardRows, Entmax15.BackwardRows),
    ];

    public static TheoryData<int> Which() => [0, 1];

    [Theory]
    [MemberData(nameof(Which))]
    public void ForwardRows_OfEveryLength_IsTheDefinition_AndTouchesNothingElse(int which)
    {
        Map map = Maps[which];
        var rng = new Rng(1);
        for (int classes = 0; classes <= 257; classes++)
        {
            int rows = 1 + (classes % 3), from = classes % 5;
            double spread = classes % 4 == 0 ? 0.05 : 3;
            float[] x = [.. Enumerable.Range(0, (rows * classes) + from).Select(_ => (float)(rng.NextNormal() * spread))];
            float[] y = [.. Enumerable.Repeat(Canary, (rows * classes) + from + 20)];
            double[] yDouble = new double[rows * classes];
            map.Single(x.AsSpan(from), classes, y.AsSpan(from, rows * classes), 1);
            map.Double([.. x[from..].Select(v => (double)v)], classes, yDouble, 1);
            Assert.All(y[..from].Concat(y[(from + (rows * classes))..]), v => Assert.Equal(Canary, v));
            for (int row = 0; row < rows && classes > 0; row++)
            {
                double[] expected = map.Reference([.. x.AsSpan(from + (row * classes), classes).ToArray().Select(v => (double)v)]);
                for (int j = 0; j < classes; j++)
                {
                    Assert.Equal(expected[j], y[from + (row * classes) + j], 4e-7);
                    Assert.Equal(expected[j], yDouble[(row * classes) + j], 1e-14);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Which))]
    public void Forward_SumsToOne_AndMindsNeitherShiftNorOrder(int which) =>
        Gen.Select(Gen.Double[-5, 5].Array[1, 60], Gen.Double[-100, 100], Gen.ULong).Sample((row, shift, seed) =>
        {
            double[] p = Maps[which].Run(row), shifted = Maps[which].Run([.. row.Select(v => v + shift)]);
            int[] order = new Rng(seed).Permutation(row.Length);
            double[] permuted = Maps[which].Run([.. order.Select(i => row[i])]);
            return Math.Abs(p.Sum() - 1) < 1e-12 && p.All(v => v >= 0)
                && p.Zip(shifted).All(pair => Math.Abs(pair.First - pair.Second) < 1e-12)
                && order.Select((i, j) => permuted[j] == p[i]).All(same => same);
        });

    [Theory]
    [MemberData(nameof(Which))]
    public void Forward_OfHardRows_FollowsTheRules(int which)
    {
        Map map = Maps[which];
        Assert.Equal([1, 0, 0], map.Run([90, 2, -2]));
        Assert.Equal([1, 0], map.Run([1e300, -1e300]));
        Assert.Equal([0.5, 0, 0.5], map.Run([3, double.NegativeInfinity, 3]).Select(p => Math.Round(p, 15)));
        Assert.Equal([1], map.Run([-7]));
        Assert.All(map.Run([.. Enumerable.Repeat(4.0, 5000)]), p => Assert.Equal(1.0 / 5000, p, 1e-15));
        foreach (double[] row in (double[][])[[double.NegativeInfinity, double.NegativeInfinity], [1, double.NaN],
            [double.PositiveInfinity, 1]])
            Assert.All(map.Run(row), p => Assert.Equal(BitConverter.DoubleToInt64Bits(double.NaN), BitConverter.DoubleToInt64Bits(p)));
    }

    [Theory]
    [MemberData(nameof(Which))]
    public void BackwardRows_IsTheNumericalDerivative(int which)
    {
        Map map = Maps[which];
        var rng = new Rng(5);
        foreach (int classes in (int[])[1, 2, 3, 10, 40])
        {
            // Away from the places where the support changes, at which there is no derivative.
            double[] row, p;
            do
            {
                row = [.. Enumerable.Range(0, classes).Select(_ => rng.NextNormal())];
                p = map.Run(row);
            }
            while (!p.All(v => v is 0 or > 1e-4)
                || !p.Select(v => v > 0)
                .SequenceEqual(map.Reference([.. row.Select((v, i) => v + (p[i] > 0 ? 0 : 1e-3))]).Select(v => v > 0)));

            double[] dy = [.. row.Select(_ => rng.NextNormal())], dx = new double[classes];
            map.DoubleBackward(p, classes, dy, dx, 1);
            for (int j = 0; j < classes; j++)
            {
                double[] up = [.. row], down = [.. row];
                up[j] += 1e-6;
                down[j] -= 1e-6;
                double numerical = map.Run(up).Zip(map.Run(down), (a, b) => (a - b) / 2e-6).Zip(dy, (a, b) => a * b).Sum();
                Assert.Equal(numerical, dx[j], 1e-7);
            }

            float[] single = [.. dy.Select(v => (float)v)];
            map.SingleBackward([.. p.Select(v => (float)v)], classes, single, single, 1);
            Assert.All(single.Zip(dx), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        }
    }

    [Theory]
    [MemberData(nameof(Which))]
    public void BothPasses_AreTheSameForAnyThreads_AndInPlace(int which)
    {
        Map map = Maps[which];
        var rng = new Rng(7);
        float[] x = [.. Enumerable.Range(0, 200_000).Select(_ => (float)rng.NextNormal())], y = new float[x.Length],
            dx = new float[x.Length];
        map.Single(x, 10, y, 1);
        map.SingleBackward(y, 10, x, dx, 1);
        foreach (int maxThreads in (int[])[1, 2, 3, 8])
        {
            float[] other = [.. x], back = [.. x];
            map.Single(other, 10, other, maxThreads);
            Assert.Equal(y, other);
            map.SingleBackward(y, 10, back, back, maxThreads);
            Assert.Equal(dx, back);
        }

        float[] nan = [float.NaN, float.NaN], gradient = new float[2];
        map.SingleBackward(nan, 2, [1, 2], gradient, 1);
        Assert.All(gradient, v => Assert.Equal(BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(v)));
    }

    [Theory]
    [MemberData(nameof(Which))]
    public void BothPasses_OnOneThread_AllocateNothing(int which)
    {
        float[] x = new float[3000], y = new float[3000];
        Maps[which].Single(x, 30, y, 1);
        Maps[which].SingleBackward(y, 30, x, x, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Maps[which].Single(x, 30, y, 1);
        Maps[which].SingleBackward(y, 30, x, x, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Which))]
    public void BothPasses_OfWrongShapes_ThrowWithTheNumbersAndWriteNothing(int which)
    {
        Map map = Maps[which];
        float[] y = [Canary, Canary, Canary, Canary];
        Assert.Contains("length 4, needs at least 6", Assert.Throws<ArgumentException>(() => map.Single(new float[6], 3, y, 1)).Message);
        Assert.Contains("not a multiple of 3", Assert.Throws<ArgumentException>(() => map.Single(new float[4], 3, y, 1)).Message);
        Assert.Contains("overlaps", Assert.Throws<ArgumentException>(() => map.Single(y.AsSpan(0, 3), 3, y.AsSpan(1), 1)).Message);
        Assert.Contains("'outputGradient' has length 2, needs 4",
            Assert.Throws<ArgumentException>(() => map.SingleBackward(new float[4], 2, new float[2], y, 1)).Message);
        Assert.Contains("'gradient' has length 4, needs at least 6",
            Assert.Throws<ArgumentException>(() => map.SingleBackward(new float[6], 2, new float[6], y, 1)).Message);
        Assert.All(y, v => Assert.Equal(Canary, v));
    }
}
