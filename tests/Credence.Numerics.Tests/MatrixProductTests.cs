using Credence.Numerics;

namespace Credence.Tests.Numerics;

public sealed class MatrixProductTests
{
    private delegate void Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n, int threads);

    private delegate void DoubleProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n, int threads);

    public static TheoryData<int, int, int> Shapes() => new()
    {
        { 1, 1, 1 }, { 3, 5, 2 }, { 8, 16, 32 }, { 13, 257, 33 }, { 100, 300, 10 }, { 10, 300, 100 }, { 5, 0, 4 }, { 0, 4, 3 }, { 4, 3, 0 },
        { 7, 4096, 3 }, { 3, 4097, 9 }, { 20, 9000, 17 }, { 200, 33, 1100 }, { 31, 7, 31 }, { 390, 260, 2 },
    };

    /// <summary>The definition: a chain of fused multiply-adds over each 4,096 terms, the chains' sums added in order.</summary>
    private static float Element(Func<int, float> a, Func<int, float> b, int k)
    {
        float total = 0;
        for (int from = 0; from < k; from += 4096)
        {
            float sum = 0;
            for (int t = from; t < Math.Min(k, from + 4096); t++)
                sum = MathF.FusedMultiplyAdd(a(t), b(t), sum);
            total = from == 0 ? sum : total + sum;
        }

        return total;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryForm_AddsInTheOrderPromised_ForAnyThreads(int m, int k, int n)
    {
        float[] a = Random(m * k, 1), b = Random(k * n, 2);
        float[] expected = new float[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                int row = i, column = j;
                expected[(i * n) + j] = Element(t => a[(row * k) + t], t => b[(t * n) + column], k);
            }
        }

        (Product Form, float[] A, float[] B)[] forms =
        [
            (MatrixProduct.Multiply, a, b),
            (MatrixProduct.MultiplyTransposedLeft, Transposed(a, m, k), b),
            (MatrixProduct.MultiplyTransposedRight, a, Transposed(b, k, n)),
        ];
        foreach ((Product form, float[] left, float[] right) in forms)
        {
            foreach (int threads in (int[])[1, 2, 3])
            {
                float[] c = [.. Enumerable.Repeat(777f, m * n)];
                form(left, right, c, m, k, n, threads);
                Assert.Equal(expected, c);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryForm_InDouble_AgreesWithTheSum(int m, int k, int n)
    {
        double[] a = [.. Random(m * k, 1).Select(v => (double)v)], b = [.. Random(k * n, 2).Select(v => (double)v)];
        (DoubleProduct Form, double[] A, double[] B)[] forms =
        [
            (MatrixProduct.Multiply, a, b),
            (MatrixProduct.MultiplyTransposedLeft, Transposed(a, m, k), b),
            (MatrixProduct.MultiplyTransposedRight, a, Transposed(b, k, n)),
        ];
        foreach ((DoubleProduct form, double[] left, double[] right) in forms)
        {
            double[] c = [.. Enumerable.Repeat(777.0, m * n)], threaded = new double[m * n];
            form(left, right, c, m, k, n, 1);
            form(left, right, threaded, m, k, n, 3);
            Assert.Equal(c, threaded);
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double sum = 0;
                    for (int t = 0; t < k; t++)
                        sum += a[(i * k) + t] * b[(t * n) + j];
                    Assert.Equal(sum, c[(i * n) + j], 1e-10);
                }
            }
        }
    }

    [Fact]
    public void Multiply_OfWrongLengths_ThrowsWithTheNumbers()
    {
        float[] c = [5, 5, 5, 5];
        Assert.Contains("length 5, needs 6", Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new float[5], new float[6], c, 2, 3, 2)).Message);
        Assert.Contains("'c' has length 4, needs 6", Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new float[6], new float[9], c, 2, 3, 3)).Message);
        Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(c, new float[4], c, 2, 2, 2));
        Assert.Equal([5, 5, 5, 5], c);
    }

    private static float[] Random(int length, ulong seed)
    {
        var rng = new Rng(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)rng.NextNormal())];
    }

    private static T[] Transposed<T>(T[] x, int rows, int columns)
    {
        var y = new T[x.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                y[(j * rows) + i] = x[(i * columns) + j];
        }

        return y;
    }
}
