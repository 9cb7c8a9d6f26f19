namespace Credence.Numerics.Tests;

public sealed class MatrixProductTests
{
    private delegate void Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n, int maxThreads);

    private delegate void DoubleProduct(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int m, int k, int n, int maxThreads);

    public static TheoryData<int, int, int> Shapes() => new()
    {
        { 1, 1, 1 }, { 3, 5, 2 }, { 8, 16, 32 }, { 13, 257, 33 }, { 100, 300, 10 }, { 10, 300, 100 }, { 5, 0, 4 }, { 0, 4, 3 }, { 4, 3, 0 },
        { 7, 4096, 3 }, { 3, 4097, 9 }, { 20, 9000, 17 }, { 200, 33, 1100 }, { 31, 7, 31 }, { 390, 260, 2 }, { 1, 300, 70 }, { 70, 300, 1 },
        { 2, 4100, 65 }, { 65, 4100, 3 }, { 97, 17, 65 }, { 1030, 3, 40 }, { 40, 65, 2100 }, { 16, 5, 1500 }, { 1100, 4099, 1 },
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
            foreach (int maxThreads in (int[])[1, 2, 3, 8])
            {
                float[] c = [.. Enumerable.Repeat(777f, m * n)];
                form(left, right, c, m, k, n, maxThreads);
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

    /// <summary>The registers of other machines are made of those at hand here.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public unsafe void EveryWidth_GivesTheSameBits(int m, int k, int n)
    {
        float[] a = Random(m * k, 1), b = Random(k * n, 2), expected = new float[m * n];
        double[] aDouble = [.. a.Select(v => v / 3.0)], bDouble = [.. b.Select(v => v / 7.0)], expectedDouble = new double[m * n];
        MatrixProduct.Multiply(a, b, expected, m, k, n);
        MatrixProduct.Multiply(aDouble, bDouble, expectedDouble, m, k, n);
        fixed (float* left = a, right = b)
        {
            foreach (bool turned in (bool[])[false, true])
            {
                AssertSame(expected, m, n, turned, new((nint)left, k, 1), new((nint)right, n, 1), k, ProductPlan<Lanes512<float>,
                    float>.Multiply);
                AssertSame(expected, m, n, turned, new((nint)left, k, 1), new((nint)right, n, 1), k, ProductPlan<Lanes256<float>,
                    float>.Multiply);
                AssertSame(expected, m, n, turned, new((nint)left, k, 1), new((nint)right, n, 1), k, ProductPlan<Lanes128<float>,
                    float>.Multiply);
                AssertSame(expected, m, n, turned, new((nint)left, k, 1), new((nint)right, n, 1), k, ProductPlan<OneLane<float>,
                    float>.Multiply);
            }
        }

        fixed (double* left = aDouble, right = bDouble)
        {
            AssertSame(expectedDouble, m, n, false, new((nint)left, k, 1), new((nint)right, n, 1), k, ProductPlan<Lanes512<double>,
                double>.Multiply);
            AssertSame(expectedDouble, m, n, true, new((nint)left, k, 1), new((nint)right, n, 1), k, ProductPlan<Lanes256<double>,
                double>.Multiply);
            AssertSame(expectedDouble, m, n, false, new((nint)left, k, 1), new((nint)right, n, 1), k, ProductPlan<Lanes128<double>,
                double>.Multiply);
            AssertSame(expectedDouble, m, n, true, new((nint)left, k, 1), new((nint)right, n, 1), k, ProductPlan<OneLane<double>,
                double>.Multiply);
        }
    }

    private delegate void Plan<T>(Strided<T> a, Strided<T> b, Strided<T> c, int m, int k, int n, int maxThreads)
        where T : unmanaged;

    /// <summary>Multiplies into the middle of canaries, by rows or (turned) by columns.</summary>
    private static unsafe void AssertSame<T>(T[] expected, int m, int n, bool turned, Strided<T> a, Strided<T> b, int k, Plan<T> plan)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        T canary = T.CreateChecked(777);
        foreach (int maxThreads in (int[])[1, 2])
        {
            T[] memory = [.. Enumerable.Repeat(canary, (m * n) + 40)];
            fixed (T* start = memory)
                plan(a, b, turned ? new((nint)(start + 20), 1, m) : new((nint)(start + 20), n, 1), m, k, n, maxThreads);
            T[] c = memory[20..^20];
            Assert.Equal(expected, turned ? Transposed(c, n, m) : c);
            Assert.All(memory[..20].Concat(memory[^20..]), v => Assert.Equal(canary, v));
        }
    }

    [Fact]
    public void EveryForm_ForEveryWidth_WritesItsOwnElementsOnly()
    {
        for (int n = 0; n <= 257; n++)
        {
            int m = 1 + (n * 7 % 31), k = 1 + (n % 9), from = n % 5;
            float[] a = Random((m * k) + from, 1), b = Random((k * n) + from, 2), c = [.. Enumerable.Repeat(777f, (m * n) + from + 20)];
            MatrixProduct.Multiply(a.AsSpan(from), b.AsSpan(from), c.AsSpan(from, m * n), m, k, n);
            Assert.All(c[..from].Concat(c[(from + (m * n))..]), v => Assert.Equal(777f, v));
            for (int e = 0; e < m * n; e++)
            {
                int row = e / n, column = e % n;
                Assert.Equal(Element(t => a[from + (row * k) + t], t => b[from + (t * n) + column], k), c[from + e]);
            }

            float[] flipped = [.. Enumerable.Repeat(777f, (m * n) + 20)];
            MatrixProduct.MultiplyTransposedRight(b.AsSpan(from, n * k), a.AsSpan(from), flipped.AsSpan(0, n * m), n, k, m);
            Assert.All(flipped[(m * n)..], v => Assert.Equal(777f, v));
        }
    }

    [Fact]
    public void Multiply_WithNaNAndInfinities_WritesTheOneNaNWhereASumHasNone()
    {
        foreach ((int m, int k, int n) in ((int, int, int)[])[(40, 20, 50), (40, 20, 2), (2, 20, 80), (9, 4500, 9)])
        {
            float[] a = Random(m * k, 1), b = Random(k * n, 2), c = new float[m * n];
            a[0] = BitConverter.Int32BitsToSingle(0x7FC12345);
            a[k] = float.PositiveInfinity;
            b.AsSpan(0, n).Clear();
            MatrixProduct.Multiply(a, b, c, m, k, n);
            Assert.All(c[..(2 * n)], v => Assert.Equal(BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(v)));
            Assert.All(c[(2 * n)..], v => Assert.True(float.IsFinite(v)));
        }
    }

    [Fact]
    public void EveryForm_OnOneThread_AllocatesNothing()
    {
        foreach ((int m, int k, int n) in ((int, int, int)[])[(60, 70, 80), (200, 30, 10), (200, 30, 2), (10, 30, 200), (30, 5000, 40)])
        {
            float[] a = new float[m * k], b = new float[k * n], c = new float[m * n];
            Action all = () =>
            {
                MatrixProduct.Multiply(a, b, c, m, k, n);
                MatrixProduct.MultiplyTransposedLeft(a, b, c, m, k, n);
                MatrixProduct.MultiplyTransposedRight(a, b, c, m, k, n);
            };
            all();
            long before = GC.GetAllocatedBytesForCurrentThread();
            all();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Multiply_OfWrongLengths_ThrowsWithTheNumbers()
    {
        float[] c = [5, 5, 5, 5];
        Assert.Contains("length 5, needs 6",
            Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new float[5], new float[6], c, 2, 3, 2)).Message);
        Assert.Contains("'c' has length 4, needs 6",
            Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new float[6], new float[9], c, 2, 3, 3)).Message);
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
