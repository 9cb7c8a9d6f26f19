namespace Credence.Numerics.Tests;

/// <summary>Hashes of the kernels on plain vectors, for <see cref="KernelHashes"/>: lengths that reach whole vectors, their rest, and
/// several pieces.</summary>
internal static class VectorHashes
{
    private static readonly int[] Lengths = [0, 1, 7, 8, 9, 31, 33, 100, 257];

    private delegate void Kernel(double[] x, double[] y, double[] z);

    private delegate void SingleKernel(float[] x, float[] y, float[] z);

    public static IReadOnlyList<(string Name, Func<int, ulong> Hash)> All { get; } =
    [
        ("DoubleVectors", _ => Hash(1, (x, y, z) => Put(
            z, DoubleVectors.Sum(x), DoubleVectors.Dot(x, y), DoubleVectors.Max(x),
                DoubleVectors.SquaredDistance(x, [.. y.Select(v => (float)v)])))),
        ("DoubleVectors shifts", _ => Hash(1, (x, y, z) =>
        {
            DoubleVectors.ShiftAndScale(x, 0.3, 1.7, y);
            DoubleVectors.ShiftAtLeast(y, 0.3, -1, 1.7, y, z);
        })),
        ("Vectors double", _ => Hash(1, (x, y, z) =>
        {
            Span<double> own = z.AsSpan(0, x.Length);
            Vectors.AddScaled<double>(1.7, x, y);
            Vectors.Add<double>(x, -0.7, y, own);
            Vectors.AddProduct<double>(x, y, own);
            z[^1] = Vectors.Dot<double>(x, own);
        })),
        ("Vectors float", _ => HashSingle((x, y, z) =>
        {
            Vectors.AddScaled<float>(1.7f, x, y);
            Vectors.Add<float>(x, -0.7f, y, z);
            Vectors.AddProduct<float>(x, y, z);
            Vectors.Scale<float>(0.7f, z);
            z[0] = (float)Vectors.Dot<float>(x, z);
        })),
        ("LongVectors double", maxThreads => Long(maxThreads)),
        ("SparseCombination double", _ => Sparse()),
        ("SparseCombination float", _ => SparseSingle()),
        ("AdamUpdate", _ => HashSingle((x, y, z) => AdamUpdate.Apply(x, y, z, [.. y.Select(Math.Abs)], 3, 0.1, 0.01))),
        ("MomentumUpdate", _ => HashSingle((x, y, z) => MomentumUpdate.Apply(z, x, y, 0.1f, 0.9f))),
        ("DiagonalScaling", _ => Hash(5, (x, y, z) =>
        {
            double[] p = [.. x.Select(v => Math.Abs(v) / (2 * x.Length))];
            DiagonalScaling.AddDerivatives(x, p, 1.3, true, z);
            DiagonalScaling.AddDerivatives(x, p, 0.7, false, z);
            DiagonalScaling.AddHessianProduct(x, p, 1.3, [0.9], y, new double[x.Length], z);
            if (x.Length > 0)
                DiagonalScaling.AddHessianProduct(x, p, 1.3, y, y, new double[x.Length], z);
            DiagonalScaling.Forward(x, [1.1], y, -1.5, y);
        })),
        ("WeightedMoments", _ => Hash(1, (x, y, z) =>
        {
            WeightedMoments moments = WeightedMoments.Compute(x, y);
            Put(z, moments.Weight, moments.First, moments.Second);
        })),
        ("EntropyMoments", _ => Hash(1, (x, y, z) =>
        {
            EntropyMoments m = EntropyMoments.Compute(x, y);
            Put(z, m.Mean, m.Square, m.Squares, m.Cross, m.Spread);
        })),
        ("EqualPairSums", _ => EqualPairSumsHash()),
        ("ScoreTestSums", _ => Hash(6, (x, _, z) => ScoreTestSums.AddExpected([.. x.Select(Math.Abs)], 1.3, z))),
    ];

    /// <summary>Runs a kernel on vectors of several lengths, of which z is as many times longer as asked, and has room for five
    /// numbers.</summary>
    private static ulong Hash(int times, Kernel kernel)
    {
        ulong hash = 1;
        foreach (int length in Lengths)
        {
            double[] x = Numbers.Uniform(length, 2, 1), y = Numbers.Uniform(length, 2, 2),
                z = Numbers.Uniform(Math.Max(5, times * length), 2, 3);
            kernel(x, y, z);
            hash = Bits.Hash<double>(z, Bits.Hash<double>(y, hash));
        }

        return hash;
    }

    private static ulong HashSingle(SingleKernel kernel)
    {
        ulong hash = 1;
        foreach (int length in Lengths.Where(length => length > 0))
        {
            float[] x = Numbers.Single(length, 2, 1), y = Numbers.Single(length, 2, 2), z = Numbers.Single(length, 2, 3);
            kernel(x, y, z);
            hash = Bits.Hash<float>([.. x, .. y, .. z], hash);
        }

        return hash;
    }

    private static void Put(double[] z, params double[] values) => values.CopyTo(z, 0);

    private static ulong Long(int maxThreads)
    {
        double[] x = Numbers.Uniform(100_003, 2, 1), y = Numbers.Uniform(100_003, 2, 2), z = new double[100_003];
        LongVectors.Combine([2.5, 0, -0.7], [x, null, y], 3, z, maxThreads);
        LongVectors.Add(z, 0.3, y, z, maxThreads);
        double dot = LongVectors.Dot(x, z, maxThreads);
        float[] single = LongVectors.Convert<double, float>(z, maxThreads);
        return Bits.Hash<double>([dot, LongVectors.Dot(single, single, maxThreads)], Bits.Hash<float>(single, Bits.Hash<double>(z)));
    }

    private static ulong Sparse()
    {
        ulong hash = 1;
        foreach (int stride in (int[])[1, 8, 24, 64, 104])
        {
            double[] sums = new double[20 * stride];
            SparseCombination.Compute<double>(Starts, Indices, Values, Numbers.Uniform(17 * stride, 2, 3), sums, stride);
            hash = Bits.Hash<double>(sums, hash);
        }

        return hash;
    }

    private static ulong SparseSingle()
    {
        ulong hash = 1;
        foreach (int stride in (int[])[1, 8, 24, 64, 104])
        {
            float[] sums = new float[20 * stride];
            SparseCombination.Compute<float>(Starts, Indices, Values, Numbers.Single(17 * stride, 2, 3), sums, stride);
            hash = Bits.Hash<float>(sums, hash);
        }

        return hash;
    }

    private static int[] Starts => [.. Enumerable.Range(0, 21).Select(i => i * (i - 1) / 2)];

    private static int[] Indices => Numbers.Labels(Starts[^1], 17, 1);

    private static float[] Values => Numbers.Single(Starts[^1], 2, 2);

    private static ulong EqualPairSumsHash()
    {
        double[] labels = [.. Numbers.Labels(30 * 19, 3, 4).Select(v => (double)v)], sums = new double[19];
        EqualPairSums.Compute(labels, Numbers.Uniform(900, 2, 5), 30, sums);
        return Bits.Hash<double>(sums);
    }
}
