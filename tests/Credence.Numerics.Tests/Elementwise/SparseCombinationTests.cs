namespace Credence.Numerics.Tests;

public class SparseCombinationTests
{
    private const int Blocks = 23, Sums = 40;

    [Fact]
    public void Compute_IsTheSumOfThePlainProducts_ForEveryStride()
    {
        (int[] starts, int[] indices, float[] values) = Entries();
        foreach (int stride in (int[])[1, 8, 16, 24, 32, 64, 72, 136])
        {
            double[] blocks = LaneOrder.Values(Blocks * stride, 3), sums = [.. Enumerable.Repeat(777.0, (Sums * stride) + 5)];
            float[] single = [.. blocks.Select(v => (float)v)], singleSums = new float[Sums * stride];
            SparseCombination.Compute<double>(starts, indices, values, blocks, sums, stride);
            SparseCombination.Compute<float>(starts, indices, values, single, singleSums, stride);
            for (int i = 0; i < Sums * stride; i++)
            {
                double expected = 0;
                for (int e = starts[i / stride]; e < starts[(i / stride) + 1]; e++)
                    expected += values[e] * blocks[(indices[e] * stride) + (i % stride)];
                Assert.Equal(expected, sums[i], 1e-12);
                Assert.Equal(expected, singleSums[i], 1e-4);
            }

            Assert.All(sums[(Sums * stride)..], v => Assert.Equal(777, v));

            // A part of the sums, as a thread computes it.
            double[] part = new double[7 * stride];
            SparseCombination.Compute<double>(starts.AsSpan(5, 8), indices, values, blocks, part, stride);
            Assert.Equal(sums.AsSpan(5 * stride, 7 * stride).ToArray(), part);

            blocks[^1] = double.NaN;
            SparseCombination.Compute<double>(starts, indices, values, blocks, sums, stride);
            Assert.Contains(sums, double.IsNaN);
        }
    }

    [Fact]
    public void Compute_InBlocksOfOneNumber_AddsInFourChains()
    {
        (int[] starts, int[] indices, float[] values) = Entries();
        double[] x = LaneOrder.Values(Blocks, 3), sums = new double[Sums];
        SparseCombination.Compute<double>(starts, indices, values, x, sums, 1);
        for (int i = 0; i < Sums; i++)
        {
            double[] chains = new double[4];
            int count = starts[i + 1] - starts[i], whole = count / 4 * 4;
            for (int e = 0; e < count; e++)
            {
                int entry = starts[i] + e, chain = e < whole ? e % 4 : 0;
                chains[chain] = Math.FusedMultiplyAdd(values[entry], x[indices[entry]], chains[chain]);
            }

            LaneOrder.AssertSame(chains[0] + chains[1] + (chains[2] + chains[3]), sums[i], $"sum {i}");
        }
    }

    [Theory]
    [InlineData(new[] { 0, 2 }, new[] { 0, 3 }, 2, "Entry 1 has block 3; there are 3 blocks.")]
    [InlineData(new[] { 0, 2 }, new[] { -1, 0 }, 2, "Entry 0 has block -1; there are 3 blocks.")]
    [InlineData(new[] { 0, 3 }, new[] { 0, 1 }, 2, "must begin with an offset of at least 0 and end with one of at most the 2 entries")]
    [InlineData(new[] { 0, 2, 1 }, new[] { 0, 1 }, 2, "'starts' falls from 2 to 1 at 1.")]
    [InlineData(new[] { 0, 2 }, new[] { 0, 1 }, 1, "'values' has length 1, needs at least 2.")]
    public void WrongEntries_AreRefused(int[] starts, int[] indices, int values, string message)
    {
        double[] sums = [7, 7, 7];
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => SparseCombination.Compute<double>(starts, indices, new float[values], new double[3], sums, 1));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal([7, 7, 7], sums);
    }

    [Fact]
    public void WrongStrides_AreRefused() =>
        Assert.Throws<ArgumentException>(() => SparseCombination.Compute<double>([0, 1], [0], [1f], new double[12], new double[12], 12));

    /// <summary>Sums of 0 to 39 entries.</summary>
    private static (int[] Starts, int[] Indices, float[] Values) Entries()
    {
        int[] starts = [.. Enumerable.Range(0, Sums + 1).Select(i => i * (i - 1) / 2)];
        return (starts, Numbers.Labels(starts[^1], Blocks, 1), Numbers.Single(starts[^1], 2, 2));
    }
}
