namespace Credence.Numerics.Tests;

/// <summary>
/// Every kernel with a hash of its results on inputs that reach each of its paths. A kernel's line: its name, and a function from the
/// number of threads to the hash. What the hashes should be is in kernel-hashes.txt; set CREDENCE_APPROVE=1 to write it anew.
/// </summary>
internal static class KernelHashes
{
    private static readonly int[] Classes = [1, 2, 3, 8, 10, 17, 33, 64, 65, 257, 2048, 2049];

    private static readonly double[] Spreads = [30, 3000, 1e30];

    // Made once: making them takes longer than most kernels.
    private static readonly Matrix[] Matrices =
        [.. Numbered().Select(m =>
            new Matrix(m.X, [.. m.X.Select(v => (float)v)], Numbers.Labels(m.X.Length / m.Classes, m.Classes, 5), m.Classes))];

    public static IReadOnlyList<(string Name, Func<int, ulong> Hash)> All { get; } =
    [
        ("Exp float", _ => Map(Exp.Apply, 2e2)),
        ("Exp double", _ => MapDouble(Exp.Apply, 2e3)),
        ("Log float", _ => Map(Log.Apply, 1e38)),
        ("Log double", _ => MapDouble(Log.Apply, 1e308)),
        ("Sigmoid float", _ => Map(Sigmoid.Apply, 120)),
        ("Sigmoid double", _ => MapDouble(Sigmoid.Apply, 800)),
        ("LogSigmoid float", _ => Map(LogSigmoid.Apply, 120)),
        ("LogSigmoid double", _ => MapDouble(LogSigmoid.Apply, 800)),
        ("Softmax float", maxThreads => Rows((x, classes, y) => Softmax.ForwardRows(x, classes, y, 1, maxThreads))),
        ("Softmax double", maxThreads => RowsDouble((x, classes, y) => Softmax.ForwardRows(x, classes, y, 1, maxThreads))),
        ("Softmax temperature float", maxThreads => Rows((x, classes, y) => Softmax.ForwardRows(x, classes, y, 0.7f, maxThreads))),
        ("Softmax temperature double", maxThreads => RowsDouble((x, classes, y) => Softmax.ForwardRows(x, classes, y, 3, maxThreads))),
        ("Softmax in place float", maxThreads => Rows((x, classes, y) =>
        {
            x.CopyTo(y, 0);
            Softmax.ForwardRows(y, classes, y, 1, maxThreads);
        })),
        ("Softmax half", maxThreads => Rows((x, classes, y) =>
        {
            Half[] half = [.. x.Select(v => (Half)v)];
            Softmax.ForwardRows(half, classes, half, 1, maxThreads);
            for (int i = 0; i < y.Length; i++)
                y[i] = (float)half[i];
        })),
        ("Softmax masked float", maxThreads => Rows((x, classes, y) =>
            Softmax.ForwardMaskedRows(x, classes, [.. Enumerable.Range(0, x.Length).Select(i => i % 3 != 1)], y, 1, maxThreads))),
        ("Softmax axis float", maxThreads =>
            Rows((x, classes, y) => Softmax.ForwardAxis(x, Rows(x.Length, classes), classes, y, 1, maxThreads))),
        ("Softmax axis double", maxThreads =>
            RowsDouble((x, classes, y) => Softmax.ForwardAxis(x, Rows(x.Length, classes), classes, y, 1, maxThreads))),
        ("Softmax backward float", maxThreads => Rows((x, classes, y) => Softmax.BackwardRows(Positive(x), classes, x, y, 1, maxThreads))),
        ("Softmax backward double", maxThreads => RowsDouble((x, classes, y) => Softmax.BackwardRows(x, classes, x, y, 2, maxThreads))),
        ("LogSoftmax float", maxThreads => Rows((x, classes, y) => LogSoftmax.ForwardRows(x, classes, y, 1, maxThreads))),
        ("LogSoftmax double", maxThreads => RowsDouble((x, classes, y) => LogSoftmax.ForwardRows(x, classes, y, 2, maxThreads))),
        ("LogSumExp float", maxThreads => Rows((x, classes, y) => LogSumExp.ComputeRows(x, classes, y, 1, maxThreads))),
        ("LogSumExp double", maxThreads => RowsDouble((x, classes, y) => LogSumExp.ComputeRows(x, classes, y, 1, maxThreads))),
        ("CrossEntropy float", maxThreads =>
            Losses((x, classes, labels, y) => CrossEntropy.LossAndGradientRows(x, classes, labels, default, y, maxThreads))),
        ("CrossEntropy weighted float", maxThreads => Losses((x, classes, labels, y) =>
            CrossEntropy.LossAndGradientRows(x, classes, labels, Numbers.Single(labels.Length, 2, 9), y, maxThreads))),
        ("CrossEntropy loss float", maxThreads =>
            Losses((x, classes, labels, _) => CrossEntropy.TotalLoss(x, classes, labels, default, maxThreads))),
        ("CrossEntropy smoothed float", maxThreads => Losses((x, classes, labels, y) =>
            CrossEntropy.SmoothedLossAndGradientRows(x, classes, labels, 0.1, default, y, maxThreads))),
        ("CrossEntropy focal float", maxThreads => Losses((x, classes, labels, y) =>
            CrossEntropy.FocalLossAndGradientRows(x, classes, labels, 2, default, y, maxThreads))),
        ("CrossEntropy distribution float", maxThreads => Losses((x, classes, labels, y) =>
            CrossEntropy.DistributionLossAndGradientRows(x, classes, Positive(x), default, y, maxThreads))),
        ("CrossEntropy double", maxThreads => LossesDouble((x, classes, labels, y) =>
            CrossEntropy.LossAndGradientRows(x, classes, labels, default, y, maxThreads))),
        ("BinaryCrossEntropy float", maxThreads =>
            Losses((x, _, _, y) => BinaryCrossEntropy.LossAndGradient(x, Positive(x), default, y, maxThreads))),
        ("BinaryCrossEntropy double", maxThreads =>
            LossesDouble((x, _, _, y) => BinaryCrossEntropy.LossAndGradient(x, x, default, y, maxThreads))),
        ("Sparsemax float", maxThreads => Rows((x, classes, y) => Sparsemax.ForwardRows(x, classes, y, maxThreads))),
        ("Sparsemax double", maxThreads => RowsDouble((x, classes, y) => Sparsemax.ForwardRows(x, classes, y, maxThreads))),
        ("Sparsemax backward float", maxThreads => Rows((x, classes, y) => Sparsemax.BackwardRows(Positive(x), classes, x, y, maxThreads))),
        ("Entmax15 float", maxThreads => Rows((x, classes, y) => Entmax15.ForwardRows(x, classes, y, maxThreads))),
        ("Entmax15 double", maxThreads => RowsDouble((x, classes, y) => Entmax15.ForwardRows(x, classes, y, maxThreads))),
        ("Entmax15 backward float", maxThreads => Rows((x, classes, y) => Entmax15.BackwardRows(Positive(x), classes, x, y, maxThreads))),
        ("Gumbel sample float", maxThreads => Rows((x, classes, y) => Chosen(
            y, classes, (labels, _, count) => Gumbel.SampleRows(x, classes, count, labels, new Rng(3), maxThreads)))),
        ("Gumbel straight through float", maxThreads => Rows((x, classes, y) =>
            Gumbel.StraightThroughRows(x, classes, new float[x.Length], y, new Rng(4), 0.5f, maxThreads))),
        ("Gumbel relax float", maxThreads => Rows((x, classes, y) => Gumbel.RelaxRows(x, classes, y, new Rng(5), 0.5f, maxThreads))),
        ("Gumbel relax double", maxThreads => RowsDouble((x, classes, y) => Gumbel.RelaxRows(x, classes, y, new Rng(5), 2, maxThreads))),
        ("Gumbel backward float", maxThreads => Rows((x, classes, y) => Gumbel.BackwardRows(Positive(x), classes, x, y, 0.5f, maxThreads))),
        ("TopK float", maxThreads => Rows((x, classes, y) => Chosen(
            y, classes, (labels, values, count) => TopK.SelectRows(x, classes, count, labels, values, maxThreads)))),
        ("TopK first float", maxThreads => Rows((x, classes, y) => Chosen(
            y, classes, (labels, values, count) => TopK.SelectRows(x, classes, count, labels, values, maxThreads), most: 1))),
        ("TopK probabilities float", maxThreads => Rows((x, classes, y) => Chosen(
            y, classes, (labels, values, count) => TopK.ForwardRows(x, classes, count, labels, values, 1, maxThreads)))),
        ("Rng", _ => Draws()),
        .. ProductHashes.All,
        .. VectorHashes.All,
    ];

    private static ulong Map(SpanMap<float> map, double spread)
    {
        float[] x = [.. Numbers.Single(2003, spread, 1), 0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon,
            float.MaxValue];
        float[] y = new float[x.Length];
        map(x, y);
        return Bits.Hash<float>(y);
    }

    private static ulong MapDouble(SpanMap<double> map, double spread)
    {
        double[] x = [.. Numbers.Uniform(2003, spread, 1), 0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
            double.Epsilon, double.MaxValue];
        double[] y = new double[x.Length];
        map(x, y);
        return Bits.Hash<double>(y);
    }

    private static ulong Rows(Action<float[], int, float[]> kernel) =>
        Losses((x, classes, _, y) =>
        {
            kernel(x, classes, y);
            return 0;
        });

    private static ulong RowsDouble(Action<double[], int, double[]> kernel) =>
        LossesDouble((x, classes, _, y) =>
        {
            kernel(x, classes, y);
            return 0;
        });

    private static ulong Losses(Func<float[], int, int[], float[], double> kernel)
    {
        ulong hash = 1;
        foreach (Matrix matrix in Matrices)
        {
            float[] y = new float[matrix.Single.Length];
            double loss = kernel(matrix.Single, matrix.Classes, matrix.Labels, y);
            hash = Bits.Hash<double>([double.IsNaN(loss) ? double.NaN : loss], Bits.Hash<float>(y, hash));
        }

        return hash;
    }

    private static ulong LossesDouble(Func<double[], int, int[], double[], double> kernel)
    {
        ulong hash = 1;
        foreach (Matrix matrix in Matrices)
        {
            double[] y = new double[matrix.Full.Length];
            double loss = kernel(matrix.Full, matrix.Classes, matrix.Labels, y);
            hash = Bits.Hash<double>([double.IsNaN(loss) ? double.NaN : loss], Bits.Hash<double>(y, hash));
        }

        return hash;
    }

    private static IEnumerable<(double[] X, int Classes)> Numbered()
    {
        foreach (int classes in Classes)
        {
            int rows = classes > 1000 ? 2 : 3 + (100 / classes);
            for (int s = classes > 1000 ? 1 : 0; s < Spreads.Length - (classes > 1000 ? 1 : 0); s++)
                yield return (Numbers.Uniform(rows * classes, Spreads[s], (ulong)s), classes);

            double[] special = Numbers.Uniform(rows * classes, 5, 77);
            for (int i = 0; i < special.Length; i += 3)
                special[i] = double.NegativeInfinity;
            special[special.Length / 2] = double.NaN;
            special[0] = double.PositiveInfinity;
            yield return (special, classes);
        }

        // Enough for several pieces of work.
        yield return (Numbers.Uniform(16_500, 8, 3), 10);
        yield return (Numbers.Uniform(33_000, 80, 3), 33_000);
    }

    /// <summary>A few labels of each row, and their values, to where results are looked for.</summary>
    private static void Chosen(float[] y, int classes, Action<int[], float[], int> choose, int most = 5)
    {
        int count = Math.Min(classes, most), rows = y.Length / classes;
        int[] labels = new int[rows * count];
        float[] values = new float[rows * count];
        choose(labels, values, count);
        for (int i = 0; i < labels.Length; i++)
            y[i] = labels[i] + (values[i] * 0.5f);
    }

    private static ulong Draws()
    {
        var rng = new Rng(1);
        ulong[] bits = new ulong[77];
        double[] uniform = new double[77], normal = new double[77], gumbel = new double[77];
        float[] single = new float[77];
        int[] outcomes = new int[77];
        rng.Fill(bits);
        rng.FillUniform(uniform);
        rng.FillNormal(normal);
        rng.FillGumbel(gumbel);
        ulong hash = Bits.Hash<ulong>(bits,
            Bits.Hash<double>([.. uniform, .. normal, .. gumbel, rng.NextNormal(), rng.NextGumbel(), rng.NextDouble()]));
        rng.FillUniform(single);
        hash = Bits.Hash<float>(single, hash);
        rng.FillNormal(single);
        hash = Bits.Hash<float>(single, hash);
        rng.FillGumbel(single);
        new AliasTable(uniform).Fill(rng, outcomes);
        return Bits.Hash<int>([.. rng.Permutation(100), .. outcomes, rng.NextInt(1000)], Bits.Hash<float>(single, hash));
    }

    private static float[] Positive(float[] x) => [.. x.Select(v => float.IsFinite(v) ? Math.Abs(v) % 1 : 0)];

    private static int Rows(int length, int classes) => length / classes;

    private sealed record Matrix(double[] Full, float[] Single, int[] Labels, int Classes);

    private delegate void SpanMap<T>(ReadOnlySpan<T> x, Span<T> y);
}
