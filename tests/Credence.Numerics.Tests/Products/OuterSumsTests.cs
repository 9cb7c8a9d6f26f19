using Xunit;

namespace Credence.Numerics.Tests;

public sealed unsafe class OuterSumsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(13, 9, 33)]
    [InlineData(96, 128, 10)]
    public void Add_SumsTheOuterProducts_OnEveryWidth(int rows, int terms, int columns)
    {
        const int Beyond = 64;
        float[] a = Numbers.Single(terms * rows, 1, 1), b = [.. Numbers.Single(terms * columns, 1, 2), .. new float[Beyond]];

        float[][] results = EachWidth.Results(() =>
        {
            float[] c = new float[rows * columns];
            fixed (float* left = a, right = b, sums = c)
                OuterSums.Add(new Strided<float>((nint)left, 1, rows), right, columns, new((nint)sums, columns, 1), rows, terms, columns,
                    false);

            return c;
        });

        Assert.All(results, result => Assert.Equal(results[0], result));
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                double sum = Enumerable.Range(0, terms).Sum(t => (double)a[(t * rows) + i] * b[(t * columns) + j]);
                Assert.Equal(sum, results[0][(i * columns) + j], 1e-4);
            }
    }
}
