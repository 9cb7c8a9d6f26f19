using CsCheck;

namespace Credence.Numerics.Tests;

public sealed class SoftmaxTests
{
    private const float Canary = 12345;

    [Theory]
    [InlineData(1.0)]
    [InlineData(30.0)]
    [InlineData(3000.0)]
    [InlineData(1e30)]
    public void ForwardRows_OfEveryLength_IsWithin4UlpAndTouchesNothingElse(double spread)
    {
        var rng = new Rng(1);
        for (int length = 0; length <= 257; length++)
        {
            int rows = 1 + (length % 5), from = length % 7;
            float[] x = [.. Enumerable.Range(0, (rows * length) + from).Select(_ => (float)((rng.NextDouble() - 0.5) * spread))];
            float[] y = [.. Enumerable.Repeat(Canary, (rows * length) + from + 20)];
            Softmax.ForwardRows(x.AsSpan(from), length, y.AsSpan(from, rows * length));
            Assert.All(y[..from].Concat(y[(from + (rows * length))..]), v => Assert.Equal(Canary, v));
            for (int row = 0; row < rows; row++)
            {
                double[] expected = Reference.Softmax([.. x.AsSpan(from + (row * length), length).ToArray().Select(v => (double)v)]);
                for (int j = 0; j < length; j++)
                    AssertUlp(expected[j], y[from + (row * length) + j], 4);
            }
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(3000.0)]
    [InlineData(1e300)]
    public void ForwardRows_InDouble_EqualsTheReference(double spread)
    {
        var rng = new Rng(1);
        foreach (int length in Enumerable.Range(1, 70).Concat([129, 1000, 2047, 2048, 2049, 5000]))
        {
            double[] x = [.. Enumerable.Range(0, 3 * length).Select(_ => (rng.NextDouble() - 0.5) * spread)];
            double[] y = new double[3 * length];
            Softmax.ForwardRows(x, length, y);
            for (int row = 0; row < 3; row++)
            {
                double[] expected = Reference.Softmax(x.AsSpan(row * length, length).ToArray());
                for (int j = 0; j < length; j++)
                    Assert.Equal(expected[j], y[(row * length) + j],
                        Math.Max(1e-300, expected[j] * 1e-14 * Math.Max(1, Math.Min(spread, 800))));
            }
        }
    }

    [Theory]
    [InlineData(3000)]
    [InlineData(100_000)]
    public void ForwardRows_OfALongRow_IsWithin4UlpInPlaceAndOverThreads(int length)
    {
        foreach (double spread in (double[])[10, 500])
        {
            var rng = new Rng(2);
            float[] x = [.. Enumerable.Range(0, length).Select(_ => (float)(rng.NextNormal() * spread))];
            double[] expected = Reference.Softmax([.. x.Select(v => (double)v)]);
            float[] y = new float[length], threaded = new float[length];
            Softmax.Forward(x, y);
            Softmax.ForwardRows(x, length, threaded, maxThreads: 3);
            Softmax.Forward(x, x);
            for (int j = 0; j < length; j++)
                AssertUlp(expected[j], y[j], 4);
            Assert.Equal(y, x);
            Assert.Equal(y, threaded);
        }
    }

    [Theory]
    [InlineData(new[] { 90f, 2f, -2f })]
    [InlineData(new[] { -200f, -201f, -202f })]
    [InlineData(new[] { 1e38f, -1e38f })]
    [InlineData(new[] { float.MaxValue, float.MinValue, 0 })]
    [InlineData(new[] { 1e-45f, -1e-45f, 0f })]
    [InlineData(new[] { float.NegativeInfinity, 3f, 3f, float.NegativeInfinity })]
    [InlineData(new[] { 100000.5f, 100000f, 99990f })]
    public void Forward_OfHardRows_IsWithin4Ulp(float[] row)
    {
        float[] y = new float[row.Length];
        Softmax.Forward(row, y);
        double[] expected = Reference.Softmax([.. row.Select(v => (double)v)]);
        for (int j = 0; j < row.Length; j++)
            AssertUlp(expected[j], y[j], 4);
    }

    [Theory]
    [InlineData(new[] { float.NegativeInfinity, float.NegativeInfinity })]
    [InlineData(new[] { 1f, float.NaN, 2f })]
    [InlineData(new[] { float.PositiveInfinity, 1f })]
    [InlineData(new[] { float.PositiveInfinity, float.NaN, float.NegativeInfinity })]
    [InlineData(new[] { float.NaN })]
    public void ForwardRows_OfARowWithoutASoftmax_IsNaNThereAndOnlyThere(float[] row)
    {
        foreach (int length in (int[])[row.Length, 40, 3000])
        {
            if (length < row.Length)
                continue;

            float[] x = new float[3 * length];
            x.AsSpan(length, length).Fill(row[^1]);
            row.CopyTo(x, length);
            float[] y = new float[x.Length];
            Softmax.ForwardRows(x, length, y);
            Assert.All(y[length..(2 * length)], v =>
                Assert.Equal(BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(v)));
            Assert.All(y[..length].Concat(y[(2 * length)..]), v => Assert.Equal(1.0 / length, v, 1e-7));
        }
    }

    [Theory]
    [InlineData(0x7FC00000)]
    [InlineData(unchecked((int)0xFFC00000))]
    public void ForwardRows_OfAFarLogitAfterANaN_IsStillShifted(int nan)
    {
        foreach (int length in (int[])[1, 8, 32, 33, 100, 3000])
        {
            float[] x = new float[4 * length], y = new float[x.Length];
            x[0] = BitConverter.Int32BitsToSingle(nan);
            x.AsSpan(3 * length).Fill(500);
            x[^1] = -300;
            Softmax.ForwardRows(x, length, y);
            Assert.All(y[..length], v => Assert.True(float.IsNaN(v)));
            Assert.All(y[length..(3 * length)], v => Assert.Equal(1.0 / length, v, 1e-7));
            double[] expected = Reference.Softmax([.. x[(3 * length)..].Select(v => (double)v)]);
            Assert.All(expected.Zip(y[(3 * length)..]), p => Assert.Equal(p.First, p.Second, 1e-7));
        }
    }

    [Fact]
    public void ForwardRows_OfOneRow_DoesNotDependOnItsNeighbours() =>
        Gen.Select(Gen.Float[-40, 40].Array[1, 80], Gen.Float[-1e4f, 1e4f]).Sample((row, far) =>
        {
            float[] alone = new float[row.Length], pair = new float[2 * row.Length];
            Softmax.Forward(row, alone);
            Softmax.ForwardRows([.. row, .. Enumerable.Repeat(far, row.Length)], row.Length, pair);
            return alone.AsSpan().SequenceEqual(pair.AsSpan(0, row.Length));
        });

    [Fact]
    public void ForwardRows_WithATemperature_DividesTheLogits() =>
        Gen.Select(Gen.Double[-30, 30].Array[1, 40], Gen.Double[0.1, 10]).Sample((row, temperature) =>
        {
            double[] y = new double[row.Length];
            Softmax.ForwardRows(row, row.Length, y, temperature);
            return y.Zip(Reference.Softmax(row, temperature)).All(p => Math.Abs(p.First - p.Second) < 1e-12);
        });

    [Fact]
    public void ForwardRows_OfWrongShapes_ThrowsAndWritesNothing()
    {
        float[] y = [Canary, Canary, Canary, Canary];
        Assert.Contains("length 4, needs at least 6", Assert.Throws<ArgumentException>(() => Softmax.ForwardRows(new float[6], 3, y))
            .Message);
        Assert.Contains("not a multiple of 3", Assert.Throws<ArgumentException>(() => Softmax.ForwardRows(new float[4], 3, y)).Message);
        Assert.Contains("overlaps", Assert.Throws<ArgumentException>(() => Softmax.ForwardRows(y.AsSpan(0, 3), 3, y.AsSpan(1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Softmax.ForwardRows(new float[3], 3, y, temperature: 0));
        Assert.All(y, v => Assert.Equal(Canary, v));
        Softmax.ForwardRows([], 0, y);
        Softmax.ForwardRows([], 5, y);
        Assert.All(y, v => Assert.Equal(Canary, v));
    }

    /// <summary>Fails where a float is further from a value than so many of the float spacings there.</summary>
    internal static void AssertUlp(double expected, float actual, double ulps)
    {
        float magnitude = (float)Math.Abs(expected);
        double spacing = (double)MathF.BitIncrement(magnitude) - magnitude;
        if (!(Math.Abs(expected - actual) <= ulps * spacing))
            Assert.Fail($"{actual:R} is {Math.Abs(expected - actual) / spacing:F2} ulp from {expected:R}");
    }
}
