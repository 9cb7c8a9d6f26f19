namespace Credence.Numerics.Tests;

/// <summary>Products and attention with one dimension of every length, wherever their memory begins: what they write, and that they write
/// nothing else.</summary>
public sealed class MatrixProductEveryLengthTests
{
    private const float Canary = 12345;

    private delegate void Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n);

    public static TheoryData<string> Kinds() => new("A·B", "Aᵀ·B", "A·Bᵀ");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Products_WithADimensionOfEveryLength_WriteTheirSumsAndNothingElse(string kind)
    {
        (bool left, bool right) = (kind == "Aᵀ·B", kind == "A·Bᵀ");
        Product run = left
            ? (a, b, c, m, k, n) => MatrixProduct.MultiplyTransposedLeft(a, b, c, m, k, n)
            : right
                ? (a, b, c, m, k, n) => MatrixProduct.MultiplyTransposedRight(a, b, c, m, k, n)
                : (a, b, c, m, k, n) => MatrixProduct.Multiply(a, b, c, m, k, n);
        for (int length = 0; length <= 257; length++)
        {
            foreach ((int m, int k, int n) in ((int, int, int)[])[(length, 5, 7), (7, length, 5), (5, 7, length)])
            {
                float[] a = Numbers.Single(m * k, 1, (ulong)length), b = Numbers.Single(k * n, 1, 300 + (ulong)length);
                float[] c = Within(m * n, length, to => run(Unaligned(a, 1), Unaligned(b, 3), to, m, k, n));
                float[] again = Within(m * n, length + 1, to => run(a, b, to, m, k, n));
                Assert.True(c.AsSpan().SequenceEqual(again), $"{kind} of {m} × {k} × {n} depends on where its memory begins");
                for (int row = 0; row < m; row++)
                {
                    for (int column = 0; column < n; column++)
                    {
                        double sum = 0, magnitude = 0;
                        for (int i = 0; i < k; i++)
                        {
                            double term = (double)a[left ? (i * m) + row : (row * k) + i] * b[right ? (column * k) + i : (i * n) + column];
                            sum += term;
                            magnitude += Math.Abs(term);
                        }

                        // Each of k additions rounds by at most half of a float's last bit.
                        Assert.True(Math.Abs(sum - c[(row * n) + column]) <= k * magnitude
                            / (1 << 24), $"{kind} of {m} × {k} × {n} at {row}, {column}: {c[(row * n) + column]}, not {sum}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Attention_WithADimensionOfEveryLength_WritesItsMeansAndNothingElse()
    {
        for (int length = 0; length <= 257; length++)
        {
            foreach (AttentionShape shape in (AttentionShape[])[new(1, length, 5, 3), new(1, 3, length, 5), new(2, 2, 3, length)])
            {
                int queries = shape.Heads * shape.Queries * shape.Depth, keys = shape.Heads * shape.Keys * shape.Depth;
                float[] q = Numbers.Single(queries, 2, 1), k = Numbers.Single(keys, 2, 2), v = Numbers.Single(keys, 1, 3);
                float[] y = Within(queries, length, to => Attention.Forward(Unaligned(q, 1), Unaligned(k, 2), Unaligned(v, 3), to, shape));
                float[] again = Within(queries, length + 1, to => Attention.Forward(q, k, v, to, shape));
                Assert.True(y.AsSpan().SequenceEqual(again), $"{shape} depends on where its memory begins");
                (double[] expected, _) =
                    AttentionReference.Forward([.. q.Select(x => (double)x)], [.. k.Select(x => (double)x)], [.. v.Select(x => (double)x)],
                    shape, []);
                for (int i = 0; i < queries; i++)
                    Assert.True(Math.Abs(expected[i] - y[i]) < 2e-6
                        || double.IsNaN(expected[i] + y[i]), $"{shape}, element {i}: {y[i]}, not {expected[i]}");
            }
        }
    }

    [Fact]
    public void AttentionGradients_WithADimensionOfEveryLength_AreThoseInDouble_AndNothingElseIsWritten()
    {
        for (int length = 1; length <= 257; length++)
        {
            foreach (AttentionShape shape in (AttentionShape[])[new(1, length, 5, 3), new(1, 3, length, 5), new(1, 2, 3, length)])
            {
                int queries = shape.Queries * shape.Depth, keys = shape.Keys * shape.Depth;
                float[] q = Numbers.Single(queries, 1, 1), k = Numbers.Single(keys, 1, 2), v = Numbers.Single(keys, 1, 3),
                    g = Numbers.Single(queries, 1, 4);
                float[] y = new float[queries], log = new float[shape.Queries];
                Attention.Forward(q, k, v, y, shape, default, log);
                float[] all = Within(queries + (2 * keys), length, to => Attention.Backward(
                    Unaligned(q, 1), k, Unaligned(v, 2), y, log, Unaligned(g, 3), to[..queries], to.Slice(queries, keys),
                        to[(queries + keys)..], shape));
                double[] qd = Full(q), kd = Full(k), vd = Full(v), yd = new double[queries], logd = new double[shape.Queries];
                double[] dqd = new double[queries], dkd = new double[keys], dvd = new double[keys];
                Attention.Forward(qd, kd, vd, yd, shape, default, logd);
                Attention.Backward(qd, kd, vd, yd, logd, Full(g), dqd, dkd, dvd, shape);
                double[] expected = [.. dqd, .. dkd, .. dvd];
                for (int i = 0; i < all.Length; i++)
                    Assert.True(Math.Abs(expected[i] - all[i]) < 1e-4, $"{shape}, element {i}: {all[i]}, not {expected[i]}");
            }
        }
    }

    private delegate void Writes(Span<float> to);

    /// <summary>What is written, between canaries, from a place that the seed decides.</summary>
    private static float[] Within(int length, int seed, Writes write)
    {
        int from = 1 + (seed % 7);
        float[] memory = [.. Enumerable.Repeat(Canary, length + 40)];
        write(memory.AsSpan(from, length));
        Assert.True(memory.AsSpan(0, from).IndexOfAnyExcept(Canary) < 0
            && memory.AsSpan(from + length).IndexOfAnyExcept(Canary) < 0, $"written beyond {length} elements");
        return memory.AsSpan(from, length).ToArray();
    }

    /// <summary>The same numbers, NaN around them, beginning a few elements after where an array does.</summary>
    private static ReadOnlySpan<float> Unaligned(float[] x, int from) =>
        ((float[])[.. Enumerable.Repeat(float.NaN, from), .. x, .. Enumerable.Repeat(float.NaN, 20)]).AsSpan(from, x.Length);

    private static double[] Full(float[] x) => [.. x.Select(v => (double)v)];
}
