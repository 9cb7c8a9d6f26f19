using Xunit;

namespace Credence.Numerics.Tests;

public sealed unsafe class PackedMatrixTests
{
    public static TheoryData<int, int, int> Shapes =>
        new() { { 1, 1, 1 }, { 16, 784, 128 }, { 7, 300, 10 }, { 13, 3, 33 }, { 5, 513, 17 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Multiply_IsTheProduct(int rows, int terms, int columns)
    {
        double[] a = Numbers.Uniform(rows * terms, 1, 1), b = Numbers.Uniform(terms * columns, 1, 2),
            c = Numbers.Uniform(rows * columns, 1, 3);
        double[] expected = [.. c];
        double[] transposed = new double[b.Length];
        for (int k = 0; k < terms; k++)
            for (int j = 0; j < columns; j++)
            {
                transposed[(j * terms) + k] = b[(k * columns) + j];
                for (int i = 0; i < rows; i++)
                    expected[(i * columns) + j] += a[(i * terms) + k] * b[(k * columns) + j];
            }

        double[] plain = [.. c], ofTransposed = [.. c];
        Multiply(a, b, plain, rows, terms, columns, isTransposed: false);
        Multiply(a, transposed, ofTransposed, rows, terms, columns, isTransposed: true);

        Assert.Equal(plain, ofTransposed);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], plain[i], 1e-11);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryWidthOfVectors_GivesTheSameBits(int rows, int terms, int columns)
    {
        float[] a = Numbers.Single(rows * terms, 1, 1), b = Numbers.Single(terms * columns, 1, 2);

        float[][] results = EachWidth.Results(() =>
        {
            float[] c = new float[rows * columns];
            Multiply(a, b, c, rows, terms, columns, isTransposed: false);
            return c;
        });

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void WrongLengths_AreRefused()
    {
        var matrix = new PackedMatrix<float>(3, 4);

        Assert.Throws<ArgumentException>(() => matrix.Pack(new float[13]));
        Assert.Throws<ArgumentException>(() => matrix.Pack(new float[8], first: 2));
    }

    private static void Multiply<T>(T[] a, T[] b, T[] c, int rows, int terms, int columns, bool isTransposed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var matrix = new PackedMatrix<T>(terms, columns);
        matrix.Pack(b, isTransposed);
        fixed (T* left = a, sums = c)
            matrix.Multiply(new((nint)left, terms, 1), new((nint)sums, columns, 1), rows, accumulate: true);
    }
}
