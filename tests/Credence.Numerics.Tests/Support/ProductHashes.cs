namespace Credence.Numerics.Tests;

/// <summary>Hashes of the products and of attention, for <see cref="KernelHashes"/>: shapes that reach each tile, edge and cut over
/// threads.</summary>
internal static class ProductHashes
{
    // Blocks with edges; thin in columns, in rows, in terms; one element; more terms than one chain's 4,096.
    private static readonly (int M, int K, int N)[] Shapes =
        [(61, 70, 67), (300, 9, 33), (700, 40, 10), (150, 130, 2), (1, 64, 100), (3, 500, 200), (9, 4200, 17), (1, 1, 1), (100, 130, 70)];

    private static readonly AttentionShape[] Attentions =
        [new(2, 50, 150, 8), new(1, 131, 131, 33) { Causal = true }, new(3, 1, 300, 16), new(1, 60, 20, 5) { Causal = true, Scale = 3 }];

    public static IReadOnlyList<(string Name, Func<int, ulong> Hash)> All { get; } =
    [
        ("MatrixProduct float", maxThreads => Products((a, b, c, m, k, n) => MatrixProduct.Multiply(a, b, c, m, k, n, maxThreads))),
        ("MatrixProduct transposed left float", maxThreads =>
            Products((a, b, c, m, k, n) => MatrixProduct.MultiplyTransposedLeft(a, b, c, m, k, n, maxThreads))),
        ("MatrixProduct transposed right float", maxThreads =>
            Products((a, b, c, m, k, n) => MatrixProduct.MultiplyTransposedRight(a, b, c, m, k, n, maxThreads))),
        ("MatrixProduct double", maxThreads => ProductsDouble((a, b, c, m, k, n) => MatrixProduct.Multiply(a, b, c, m, k, n, maxThreads))),
        ("MatrixProduct transposed left double", maxThreads => ProductsDouble((a, b, c, m, k, n) =>
            MatrixProduct.MultiplyTransposedLeft(a, b, c, m, k, n, maxThreads))),
        ("MatrixProduct transposed right double", maxThreads => ProductsDouble((a, b, c, m, k, n) =>
            MatrixProduct.MultiplyTransposedRight(a, b, c, m, k, n, maxThreads))),
        ("SparseProduct float", maxThreads => Products((a, b, c, m, k, n) =>
        {
            (int[] starts, int[] indices, double[] values) = Sparse(a, m, k);
            SparseProduct.Multiply(starts, indices, [.. values.Select(v => (float)v)], b, c, k, n, maxThreads);
        })),
        ("SparseProduct transposed float", maxThreads => Products((a, b, c, m, k, n) =>
        {
            (int[] starts, int[] indices, double[] values) = Sparse(a, k, m);
            SparseProduct.MultiplyTransposed(starts, indices, [.. values.Select(v => (float)v)], b, c, m, n, maxThreads);
        })),
        ("SparseProduct double", maxThreads => ProductsDouble((a, b, c, m, k, n) =>
        {
            (int[] starts, int[] indices, double[] values) = Sparse([.. a.Select(v => (float)v)], m, k);
            SparseProduct.Multiply(starts, indices, values, b, c, k, n, maxThreads);
        })),
        ("Attention float", maxThreads => Attended(false, maxThreads)),
        ("Attention backward float", maxThreads => Attended(true, maxThreads)),
        ("Attention double", maxThreads => AttendedDouble(false, maxThreads)),
        ("Attention backward double", maxThreads => AttendedDouble(true, maxThreads)),
    ];

    private static ulong Products(Action<float[], float[], float[], int, int, int> product)
    {
        ulong hash = 1;
        foreach ((int m, int k, int n) in Shapes)
        {
            float[] c = new float[m * n];
            product(Numbers.Single(m * k, 1, 11), Numbers.Single(k * n, 1, 12), c, m, k, n);
            hash = Bits.Hash<float>(c, hash);
        }

        return hash;
    }

    private static ulong ProductsDouble(Action<double[], double[], double[], int, int, int> product)
    {
        ulong hash = 1;
        foreach ((int m, int k, int n) in Shapes)
        {
            double[] c = new double[m * n], a = Numbers.Uniform(m * k, 1, 11);
            a[^1] = double.NaN;
            product(a, Numbers.Uniform(k * n, 1, 12), c, m, k, n);
            hash = Bits.Hash<double>(c, hash);
        }

        return hash;
    }

    /// <summary>Every seventh element or so, in compressed rows.</summary>
    private static (int[] Starts, int[] Indices, double[] Values) Sparse(float[] a, int rows, int columns)
    {
        int[] kept = [.. Enumerable.Range(0, rows * columns).Where(i => (i * 5L % 7) + (i % 3) < 2)];
        int[] starts = new int[rows + 1];
        foreach (int i in kept)
            starts[(i / columns) + 1]++;
        for (int row = 0; row < rows; row++)
            starts[row + 1] += starts[row];
        return (starts, [.. kept.Select(i => i % columns)], [.. kept.Select(i => (double)a[i])]);
    }

    private static ulong Attended(bool backward, int maxThreads)
    {
        ulong hash = 1;
        foreach (AttentionShape shape in Attentions)
        {
            int queries = shape.Heads * shape.Queries * shape.Depth, keys = shape.Heads * shape.Keys * shape.Depth;
            float[] q = Numbers.Single(queries, 4, 1), k = Numbers.Single(keys, 4, 2), v = Numbers.Single(keys, 1, 3),
                y = new float[queries];
            float[] logSumExp = new float[shape.Heads * shape.Queries], dq = new float[queries], dk = new float[keys], dv = new float[keys];
            bool[] mask = [.. Enumerable.Range(0, shape.Keys).Select(i => i % 5 != 2)];
            Attention.Forward(q, k, v, y, shape, mask, logSumExp, maxThreads);
            if (backward)
                Attention.Backward(q, k, v, y, logSumExp, Numbers.Single(queries, 1, 4), dq, dk, dv, shape, mask, maxThreads);
            hash = Bits.Hash<float>([.. y, .. logSumExp, .. dq, .. dk, .. dv], hash);
        }

        return hash;
    }

    private static ulong AttendedDouble(bool backward, int maxThreads)
    {
        ulong hash = 1;
        foreach (AttentionShape shape in Attentions)
        {
            int queries = shape.Heads * shape.Queries * shape.Depth, keys = shape.Heads * shape.Keys * shape.Depth;
            double[] q = Numbers.Uniform(queries, 4, 1), k = Numbers.Uniform(keys, 4, 2), v = Numbers.Uniform(keys, 1, 3),
                y = new double[queries];
            double[] logSumExp = new double[shape.Heads * shape.Queries], dq = new double[queries], dk = new double[keys],
                dv = new double[keys];
            Attention.Forward(q, k, v, y, shape, default, logSumExp, maxThreads);
            if (backward)
                Attention.Backward(q, k, v, y, logSumExp, Numbers.Uniform(queries, 1, 4), dq, dk, dv, shape, default, maxThreads);
            hash = Bits.Hash<double>([.. y, .. logSumExp, .. dq, .. dk, .. dv], hash);
        }

        return hash;
    }
}
