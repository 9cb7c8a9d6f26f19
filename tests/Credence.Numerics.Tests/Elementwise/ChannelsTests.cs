using Xunit;

namespace Credence.Numerics.Tests;

public sealed class ChannelsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 13)]
    [InlineData(784, 16)]
    public void Sums_AreThoseOfEachColumn(int rows, int columns)
    {
        double[] x = Numbers.Uniform(rows * columns, 1, 1), y = Numbers.Uniform(rows * columns, 1, 2),
            centers = Numbers.Uniform(columns, 1, 3);
        double[] sums = new double[columns], squares = new double[columns], products = new double[columns];

        Channels.Sum<double>(x, sums);
        Channels.SumSquares<double>(x, centers, squares);
        Channels.SumProducts<double>(x, y, centers, products);

        for (int j = 0; j < columns; j++)
        {
            int[] at = [.. Enumerable.Range(0, rows).Select(row => (row * columns) + j)];
            Assert.Equal(at.Sum(i => x[i]), sums[j], 1e-11);
            Assert.Equal(at.Sum(i => (x[i] - centers[j]) * (x[i] - centers[j])), squares[j], 1e-11);
            Assert.Equal(at.Sum(i => y[i] * (x[i] - centers[j])), products[j], 1e-11);
        }
    }

    [Fact]
    public void Maps_ApplyTheNumbersOfEachColumn()
    {
        float[] x = Numbers.Single(5 * 11, 1, 1), y = Numbers.Single(5 * 11, 1, 2), a = Numbers.Single(11, 1, 3),
            b = Numbers.Single(11, 1, 4);
        float[] mapped = new float[x.Length], combined = new float[x.Length], repeated = new float[x.Length];

        Channels.Map<float>(x, a, b, mapped);
        Channels.Combine<float>(x, a, y, b, a, combined);
        Channels.Repeat<float>(a, repeated);

        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal((x[i] * a[i % 11]) + b[i % 11], mapped[i]);
            Assert.Equal((x[i] * a[i % 11]) + (y[i] * b[i % 11]) + a[i % 11], combined[i]);
            Assert.Equal(a[i % 11], repeated[i]);
        }
    }
}
