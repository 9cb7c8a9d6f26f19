using CsCheck;

namespace Credence.Numerics.Tests;

public sealed class SparseProductTests
{
    private sealed record Sparse(int Rows, int Columns, int[] Starts, int[] Indices, double[] Values)
    {
        /// <summary>About one in four elements, in any order within a row, some twice.</summary>
        public static Sparse Random(int rows, int columns, ulong seed)
        {
            var rng = new Rng(seed);
            List<int> starts = [0], indices = [];
            for (int row = 0; row < rows; row++)
            {
                for (int entry = columns == 0 ? 0 : rng.NextInt((columns / 2) + 2); entry > 0; entry--)
                    indices.Add(rng.NextInt(columns));
                starts.Add(indices.Count);
            }

            return new(rows, columns, [.. starts], [.. indices], [.. indices.Select(_ => (double)(float)rng.NextNormal())]);
        }

        public float[] Singles => [.. Values.Select(v => (float)v)];
    }

    /// <summary>The definition: each element's terms one after the other, fused.</summary>
    private static double[] Reference(Sparse a, double[] b, int n, bool transposed, Func<double, double, double, double> multiplyAdd)
    {
        double[] c = new double[(transposed ? a.Columns : a.Rows) * n];
        for (int row = 0; row < a.Rows; row++)
        {
            for (int e = a.Starts[row]; e < a.Starts[row + 1]; e++)
            {
                (int from, int to) = transposed ? (row, a.Indices[e]) : (a.Indices[e], row);
                for (int j = 0; j < n; j++)
                    c[(to * n) + j] = multiplyAdd(a.Values[e], b[(from * n) + j], c[(to * n) + j]);
            }
        }

        return c;
    }

    [Fact]
    public void BothForms_OfEveryWidth_AddInTheOrderOfEntries_ForAnyThreads()
    {
        for (int n = 0; n <= 257; n++)
        {
            // Large enough at times that threads share the work.
            Sparse a = n % 20 == 10 ? Sparse.Random(150, 120, (ulong)n) : Sparse.Random(1 + (n % 9), n % 11, (ulong)n);
            foreach (bool transposed in (bool[])[false, true])
            {
                double[] b = Normals((transposed ? a.Rows : a.Columns) * n, 3);
                double[] expected = Reference(a, b, n, transposed, (x, y, z) => MathF.FusedMultiplyAdd((float)x, (float)y, (float)z));
                double[] expectedDouble = Reference(a, b, n, transposed, Math.FusedMultiplyAdd);
                foreach (int maxThreads in n % 20 == 10 ? (int[])[1, 2, 3, 8] : [1])
                {
                    float[] c = [.. Enumerable.Repeat(777f, expected.Length + 20)];
                    double[] cDouble = [.. Enumerable.Repeat(777.0, expected.Length + 20)];
                    float[] singles = [.. b.Select(v => (float)v)];
                    if (transposed)
                    {
                        SparseProduct.MultiplyTransposed(a.Starts, a.Indices, a.Singles, singles, c.AsSpan(10, expected.Length), a.Columns,
                            n, maxThreads);
                        SparseProduct.MultiplyTransposed(a.Starts, a.Indices, a.Values, b, cDouble.AsSpan(10, expected.Length), a.Columns,
                            n, maxThreads);
                    }
                    else
                    {
                        SparseProduct.Multiply(a.Starts, a.Indices, a.Singles, singles, c.AsSpan(10, expected.Length), a.Columns, n,
                            maxThreads);
                        SparseProduct.Multiply(a.Starts, a.Indices, a.Values, b, cDouble.AsSpan(10, expected.Length), a.Columns, n,
                            maxThreads);
                    }

                    Assert.Equal(expected, c[10..^10].Select(v => (double)v));
                    Assert.Equal(expectedDouble, cDouble[10..^10]);
                    Assert.All(c[..10].Concat(c[^10..]), v => Assert.Equal(777f, v));
                    Assert.All(cDouble[..10].Concat(cDouble[^10..]), v => Assert.Equal(777.0, v));
                }
            }
        }
    }

    /// <summary>The registers of other machines are made of those at hand here.</summary>
    [Fact]
    public unsafe void BothForms_ForEveryWidth_GiveTheSameBits()
    {
        foreach (int n in (int[])[16, 17, 31, 33, 100])
        {
            Sparse a = Sparse.Random(30, 30, 1);
            float[] values = a.Singles, b = [.. Normals(30 * n, 2).Select(v => (float)v)], expected = new float[30 * n],
                c = new float[30 * n];
            foreach (bool transposed in (bool[])[false, true])
            {
                if (transposed)
                    SparseProduct.MultiplyTransposed(a.Starts, a.Indices, values, b, expected, 30, n);
                else
                    SparseProduct.Multiply(a.Starts, a.Indices, values, b, expected, 30, n);
                fixed (int* starts = a.Starts, indices = a.Indices)
                {
                    fixed (float* entries = values, right = b, result = c)
                    {
                        var rows = new SparseRows<float>(starts, indices, entries, 30, 30);
                        SparseRows<Lanes512<float>, float>.Multiply(rows, right, result, n, 1, transposed);
                        Assert.Equal(expected, c);
                        SparseRows<Lanes128<float>, float>.Multiply(rows, right, result, n, 1, transposed);
                        Assert.Equal(expected, c);
                        SparseRows<OneLane<float>, float>.Multiply(rows, right, result, n, 1, transposed);
                        Assert.Equal(expected, c);
                    }
                }
            }
        }
    }

    [Fact]
    public void Multiply_OfADenseMatrix_IsTheDenseProduct() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 40], Gen.Int[1, 20]).Sample((m, k, n) =>
        {
            double[] a = Normals(m * k, 1), b = Normals(k * n, 2), dense = new double[m * n], sparse = new double[m * n];
            int[] starts = [.. Enumerable.Range(0, m + 1).Select(i => i * k)], indices = [.. Enumerable.Range(0, m * k).Select(e => e % k)];
            MatrixProduct.Multiply(a, b, dense, m, k, n);
            SparseProduct.Multiply(starts, indices, a, b, sparse, k, n);
            return dense.AsSpan().SequenceEqual(sparse);
        });

    [Fact]
    public void BothForms_WithNaN_WriteTheOneNaN()
    {
        foreach (int n in (int[])[1, 3, 10, 40])
        {
            float[] c = new float[2 * n], b = new float[2 * n];
            b.AsSpan().Fill(BitConverter.Int32BitsToSingle(0x7FC12345));
            SparseProduct.Multiply([0, 1, 2], [0, 1], [1f, 2f], b, c, 2, n);
            Assert.All(c, v => Assert.Equal(BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(v)));
            SparseProduct.MultiplyTransposed([0, 1, 2], [0, 1], [1f, 2f], b, c, 2, n);
            Assert.All(c, v => Assert.Equal(BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(v)));
        }
    }

    [Fact]
    public void BothForms_OnOneThread_AllocateNothing()
    {
        Sparse a = Sparse.Random(200, 100, 1);
        float[] values = a.Singles, b = new float[200 * 20], c = new float[200 * 20];
        Action both = () =>
        {
            SparseProduct.Multiply(a.Starts, a.Indices, values, b.AsSpan(0, 2000), c, 100, 20);
            SparseProduct.MultiplyTransposed(a.Starts, a.Indices, values, b, c.AsSpan(0, 2000), 100, 20);
        };
        both();
        long before = GC.GetAllocatedBytesForCurrentThread();
        both();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Multiply_OfWhatIsNoSparseMatrix_ThrowsWithTheNumbersAndWritesNothing()
    {
        float[] c = [5, 5, 5, 5];
        Assert.Contains("end with the 2 entries", Message([0, 1, 1], [0, 1], [1, 1], new float[4]));
        Assert.Contains("as many as the 3 values", Message([0, 1, 2], [0, 1], [1, 1, 1], new float[4]));
        Assert.Contains("falls from 2 to 1 at row 1", Message([0, 2, 1, 2], [0, 1], [1, 1], new float[4]));
        Assert.Contains("Entry 1 has column 2; A has 2 columns", Message([0, 1, 2], [0, 2], [1, 1], new float[4]));
        Assert.Contains("Entry 0 has column -1", Message([0, 1, 2], [-1, 0], [1, 1], new float[4]));
        Assert.Contains("Entry 18 has column 2", Message([0, 1, 19], [.. new int[18], 2], new float[19], new float[4]));
        Assert.Contains("'b' has length 3, needs 4", Message([0, 1, 2], [0, 1], [1, 1], new float[3]));
        Assert.Contains("shares memory", Message([0, 1, 2], [0, 1], [1, 1], c));
        Assert.Equal([5, 5, 5, 5], c);

        string Message(int[] starts, int[] indices, float[] values, float[] b) =>
            Assert.Throws<ArgumentException>(() => SparseProduct.Multiply(starts, indices, values, b, c, 2, 2)).Message;
    }

    private static double[] Normals(int length, ulong seed)
    {
        var rng = new Rng(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (double)(float)rng.NextNormal())];
    }
}
