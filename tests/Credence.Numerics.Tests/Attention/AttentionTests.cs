using CsCheck;

namespace Credence.Numerics.Tests;

public sealed class AttentionTests
{
    private sealed record Inputs(AttentionShape Shape, double[] Q, double[] K, double[] V, bool[] Mask)
    {
        public static Inputs Random(AttentionShape shape, ulong seed, bool masked, double spread = 1)
        {
            var rng = new Rng(seed);
            double[] Draw(int rows, double by) =>
                [.. Enumerable.Range(0, shape.Heads * rows * shape.Depth).Select(_ => (double)(float)(rng.NextNormal() * by))];
            return new(
                shape, Draw(shape.Queries, spread), Draw(shape.Keys, spread), Draw(shape.Keys, 1),
                masked ? [.. Enumerable.Range(0, shape.Keys).Select(_ => rng.NextInt(3) > 0)] : []);
        }

        public (double[] Output, double[] LogSumExp) Run(int maxThreads = 1)
        {
            double[] output = new double[Q.Length], total = new double[Shape.Heads * Shape.Queries];
            Attention.Forward(Q, K, V, output, Shape, Mask, total, maxThreads);
            return (output, total);
        }

        public (float[] Output, float[] LogSumExp) RunSingle(int maxThreads = 1)
        {
            float[] output = [.. Enumerable.Repeat(777f, Q.Length + 40)],
                total = [.. Enumerable.Repeat(777f, (Shape.Heads * Shape.Queries) + 40)];
            Attention.Forward(Single(Q), Single(K), Single(V), output.AsSpan(20, Q.Length), Shape, Mask,
                total.AsSpan(20, total.Length - 40), maxThreads);
            Assert.All(output[..20].Concat(output[^20..]).Concat(total[..20]).Concat(total[^20..]), v => Assert.Equal(777f, v));
            return (output[20..^20], total[20..^20]);
        }
    }

    private static float[] Single(double[] x) => [.. x.Select(v => (float)v)];

    public static TheoryData<int, int, int, int, bool, bool> Shapes() => new()
    {
        { 1, 1, 1, 1, false, false }, { 2, 5, 7, 3, false, false }, { 1, 49, 129, 16, false, true }, { 3, 100, 300, 20, false, false },
        { 2, 130, 130, 64, true, false }, { 1, 300, 300, 33, true, true }, { 2, 20, 150, 8, true, false }, { 1, 60, 20, 5, true, true },
        { 1, 13, 256, 70, false, true }, { 2, 3, 4, 0, false, false }, { 0, 3, 4, 5, false, false }, { 1, 0, 4, 5, true, false },
            { 1, 3, 0, 5, false, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_EqualsTheThreeSteps_ForAnyThreads(int heads, int queries, int keys, int depth, bool causal, bool masked)
    {
        foreach (double spread in (double[])[1, 5, 40])
        {
            Inputs x = Inputs.Random(new(heads, queries, keys, depth) { Causal = causal }, 1, masked, spread);
            (double[] expected, double[] expectedTotal) = AttentionReference.Forward(x.Q, x.K, x.V, x.Shape, x.Mask);
            (double[] output, double[] total) = x.Run();
            (float[] single, float[] singleTotal) = x.RunSingle();
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], output[i], 1e-12 * Math.Max(1, spread * spread));
                // A score's rounding, relative to its terms, is a relative error of its probability.
                Assert.Equal(expected[i], single[i], 3e-6 * Math.Max(1, spread * spread));
            }

            for (int i = 0; i < total.Length; i++)
            {
                Assert.Equal(expectedTotal[i], total[i], 1e-12 * Math.Max(1, Math.Abs(expectedTotal[i])));
                Assert.Equal(expectedTotal[i], singleTotal[i], 1e-5 * Math.Max(1, spread * spread));
            }

            foreach (int maxThreads in (int[])[2, 3, 8])
            {
                Assert.Equal(output, x.Run(maxThreads).Output);
                Assert.Equal(single, x.RunSingle(maxThreads).Output);
                Assert.Equal(singleTotal, x.RunSingle(maxThreads).LogSumExp);
            }
        }
    }

    /// <summary>The registers of other machines are made of those at hand here.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public unsafe void Forward_ForEveryWidth_GivesTheSameBits(int heads, int queries, int keys, int depth, bool causal, bool masked)
    {
        Inputs x = Inputs.Random(new(heads, queries, keys, depth) { Causal = causal }, 2, masked, 3);
        (float[] expected, float[] expectedTotal) = x.RunSingle();
        float[] output = new float[expected.Length], total = new float[expectedTotal.Length];
        fixed (float* q = Single(x.Q), k = Single(x.K), v = Single(x.V), y = output, lse = total)
        {
            fixed (bool* mask = x.Mask)
            {
                new AttentionForward<Lanes512<float>, float>(x.Shape, q, k, v, mask, y, lse).Run(1);
                Assert.Equal(expected, output);
                Assert.Equal(expectedTotal, total);
                new AttentionForward<Lanes128<float>, float>(x.Shape, q, k, v, mask, y, lse).Run(1);
                Assert.Equal(expected, output);
                new AttentionForward<OneLane<float>, float>(x.Shape, q, k, v, mask, y, lse).Run(1);
                Assert.Equal(expected, output);
            }
        }
    }

    [Fact]
    public void Forward_OfEveryNumberOfKeys_EqualsTheThreeSteps()
    {
        for (int keys = 0; keys <= 257; keys++)
        {
            Inputs x = Inputs.Random(new(1, 1 + (keys % 14), keys, 1 + (keys % 9)) { Causal = keys % 3 == 0 }, (ulong)keys, keys % 2 == 0);
            (double[] expected, double[] _) = AttentionReference.Forward(x.Q, x.K, x.V, x.Shape, x.Mask);
            (float[] output, float[] _) = x.RunSingle();
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], output[i], 3e-6);
        }
    }

    [Fact]
    public void Forward_LiesBetweenTheSmallestAndTheLargestValue_AndDoesNotMindTheOrderOfKeys() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 200], Gen.Int[1, 20], Gen.ULong).Sample((queries, keys, depth, seed) =>
        {
            Inputs x = Inputs.Random(new(1, queries, keys, depth), seed, false, 2);
            double[] output = x.Run().Output;
            int[] order = new Rng(seed).Permutation(keys);
            Inputs shuffled = x with
            {
                K = [.. order.SelectMany(key => x.K.AsSpan(key * depth, depth).ToArray())],
                V = [.. order.SelectMany(key => x.V.AsSpan(key * depth, depth).ToArray())],
            };
            return output.All(v => v >= x.V.Min() - 1e-12 && v <= x.V.Max() + 1e-12)
                && output.Zip(shuffled.Run().Output).All(p => Math.Abs(p.First - p.Second) < 1e-12);
        }, iter: 50);

    [Theory]
    [InlineData(1e4)]
    [InlineData(1e9)]
    [InlineData(1e30)]
    public void Forward_OfHugeScores_TakesTheLargest(double size)
    {
        // Scores of ±size and beyond: the largest is far from the rest and comes late.
        float[] q = [1], k = [.. Enumerable.Range(0, 300).Select(i => (float)(i == 290 ? size : -size + i))],
            v = [.. Enumerable.Range(0, 300).Select(i => (float)i)];
        float[] y = new float[1], lse = new float[1];
        Attention.Forward(q, k, v, y, new(1, 1, 300, 1), default, lse);
        Assert.Equal(290f, y[0]);
        Assert.Equal((float)size, lse[0]);
    }

    [Fact]
    public void Forward_WhereTheScoresPassFromSmallToLarge_LosesNothing()
    {
        // Around 65,536 scores begin to be subtracted from each other.
        float[] q = [1], k = new float[600], v = [.. Enumerable.Range(0, 600).Select(i => (float)(i % 7))], y = new float[1];
        for (int i = 0; i < 600; i++)
            k[i] = 65500 + (i / 10f);
        Attention.Forward(q, k, v, y, new(1, 1, 600, 1));
        double[] p = Reference.Softmax([.. k.Select(score => (double)score)]);
        Assert.Equal(p.Zip(v).Sum(pair => pair.First * pair.Second), y[0], 1e-4);
    }

    [Fact]
    public void Forward_WithoutAKeyInSight_IsNaN_AndItsLogarithmMinusInfinity()
    {
        float[] y = new float[8], lse = new float[4];
        Attention.Forward(new float[8], new float[6], new float[6], y, new(1, 4, 3, 2) { Causal = true }, default, lse);
        Assert.All(y[..2], v => Assert.Equal(BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(v)));
        Assert.All(y[2..], v => Assert.Equal(0f, v));
        Assert.Equal(float.NegativeInfinity, lse[0]);
        for (int query = 1; query < 4; query++)
            Assert.Equal(Math.Log(query), lse[query], 1e-6);
        Attention.Forward(new float[8], new float[6], new float[6], y, new(1, 4, 3, 2), [false, false, false], lse);
        Assert.All(y, v => Assert.Equal(BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(v)));
        Assert.All(lse, v => Assert.Equal(float.NegativeInfinity, v));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Forward_WithAScoreThatIsNoNumber_IsNaNInThatRowAlone(float bad)
    {
        Inputs x = Inputs.Random(new(1, 30, 200, 4), 1, false);
        float[] q = Single(x.Q), y = new float[q.Length], lse = new float[30];
        q.AsSpan(7 * 4, 4).Fill(bad);
        float[] k = [.. Single(x.K).Select(MathF.Abs)];
        Attention.Forward(q, k, Single(x.V), y, x.Shape, default, lse);
        for (int i = 0; i < y.Length; i++)
            Assert.Equal(i / 4 == 7, float.IsNaN(y[i]));
        Assert.Equal(BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(lse[7]));
        Assert.Equal(29, lse.Count(float.IsFinite));
    }

    [Fact]
    public void Forward_DoesNotSeeWhatHiddenKeysAndValuesHold()
    {
        Inputs x = Inputs.Random(new(2, 200, 200, 9) { Causal = true }, 1, true);
        (double[] expected, double[] _) = x.Run();
        double[] k = [.. x.K], v = [.. x.V];
        for (int i = 0; i < k.Length; i++)
        {
            if (!x.Mask[i / 9 % 200])
                k[i] = v[i] = i % 2 == 0 ? double.NaN : double.PositiveInfinity;
        }

        Assert.Equal(expected, (x with { K = k, V = v }).Run().Output);

        // The last key is seen by the last query alone.
        double[] late = [.. x.V];
        late[(200 * 9) - 1] = double.NaN;
        double[] output = (x with { V = late, Mask = [] }).Run().Output, clean = (x with { Mask = [] }).Run().Output;
        for (int i = 0; i < output.Length; i++)
            Assert.Equal(i == (200 * 9) - 1 ? double.NaN : clean[i], output[i]);
    }

    private static (double[] Q, double[] K, double[] V) Gradients(Inputs x, double[] outputGradient, int maxThreads = 1)
    {
        (double[] output, double[] total) = x.Run();
        double[] q = new double[x.Q.Length], k = new double[x.K.Length], v = new double[x.V.Length];
        Attention.Backward(x.Q, x.K, x.V, output, total, outputGradient, q, k, v, x.Shape, x.Mask, maxThreads);
        return (q, k, v);
    }

    private static (float[] Q, float[] K, float[] V) SingleGradients(Inputs x, double[] outputGradient, int maxThreads = 1)
    {
        (float[] output, float[] total) = x.RunSingle();
        float[] q = [.. Enumerable.Repeat(777f, x.Q.Length + 20)], k = [.. Enumerable.Repeat(777f, x.K.Length + 20)], v = [.. k];
        Attention.Backward(
            Single(x.Q), Single(x.K), Single(x.V), output, total, Single(outputGradient), q.AsSpan(10, x.Q.Length),
                k.AsSpan(10, x.K.Length),
            v.AsSpan(10, x.V.Length), x.Shape, x.Mask, maxThreads);
        Assert.All((IEnumerable<float>)[.. q[..10], .. q[^10..], .. k[..10], .. k[^10..], .. v[..10], .. v[^10..]], c =>
            Assert.Equal(777f, c));
        return (q[10..^10], k[10..^10], v[10..^10]);
    }

    private static double[] Normals(int length)
    {
        var rng = new Rng(77);
        return [.. Enumerable.Range(0, length).Select(_ => (double)(float)rng.NextNormal())];
    }

    [Theory]
    [InlineData(2, 5, 7, 3, false, false)]
    [InlineData(1, 6, 6, 4, true, false)]
    [InlineData(1, 5, 3, 2, true, true)]
    [InlineData(1, 50, 131, 2, false, true)]
    public void Backward_IsTheNumericalDerivative(int heads, int queries, int keys, int depth, bool causal, bool masked)
    {
        Inputs x = Inputs.Random(new(heads, queries, keys, depth) { Causal = causal, Scale = 0.7 }, 3, masked);
        double[] weights = Normals(x.Q.Length);
        (double[] q, double[] k, double[] v) = Gradients(x, weights);
        Check(q, changed => x with { Q = changed }, x.Q);
        Check(k, changed => x with { K = changed }, x.K);
        Check(v, changed => x with { V = changed }, x.V);

        void Check(double[] gradient, Func<double[], Inputs> with, double[] at)
        {
            const double Step = 1e-5;
            for (int i = 0; i < at.Length; i += Math.Max(1, at.Length / 40))
            {
                double[] up = [.. at], down = [.. at];
                up[i] += Step;
                down[i] -= Step;
                Assert.Equal((Loss(with(up)) - Loss(with(down))) / (2 * Step), gradient[i], 1e-8);
            }
        }

        // A query that sees nothing has no output to differentiate.
        double Loss(Inputs inputs) => inputs.Run().Output.Zip(weights).Sum(p => double.IsNaN(p.First) ? 0 : p.First * p.Second);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Backward_InFloat_IsNearTheDouble_AndTheSameForAnyThreads(
        int heads, int queries, int keys, int depth, bool causal, bool masked)
    {
        Inputs x = Inputs.Random(new(heads, queries, keys, depth) { Causal = causal }, 4, masked);
        double[] weights = Normals(x.Q.Length);
        (double[] q, double[] k, double[] v) = Gradients(x, weights);
        (float[] qSingle, float[] kSingle, float[] vSingle) = SingleGradients(x, weights);
        foreach ((double[] exact, float[] near) in ((double[], float[])[])[(q, qSingle), (k, kSingle), (v, vSingle)])
        {
            double largest = exact.Length == 0 ? 1 : exact.Max(Math.Abs);
            for (int i = 0; i < exact.Length; i++)
                Assert.Equal(exact[i], near[i], 1e-5 * Math.Max(1, largest));
        }

        foreach (int maxThreads in (int[])[2, 3, 8])
        {
            (double[] q2, double[] k2, double[] v2) = Gradients(x, weights, maxThreads);
            Assert.Equal(q, q2);
            Assert.Equal(k, k2);
            Assert.Equal(v, v2);
        }
    }

    /// <summary>The registers of other machines are made of those at hand here.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public unsafe void Backward_ForEveryWidth_GivesTheSameBits(int heads, int queries, int keys, int depth, bool causal, bool masked)
    {
        Inputs x = Inputs.Random(new(heads, queries, keys, depth) { Causal = causal }, 5, masked);
        double[] weights = Normals(x.Q.Length);
        (float[] Q, float[] K, float[] V) expected = SingleGradients(x, weights);
        (float[] output, float[] total) = x.RunSingle();
        float[] dq = new float[x.Q.Length], dk = new float[x.K.Length], dv = new float[x.V.Length];
        fixed (float* q = Single(x.Q), k = Single(x.K), v = Single(x.V), y = output, lse = total, dy = Single(weights), toQ = dq, toK = dk,
            toV = dv)
        {
            fixed (bool* mask = x.Mask)
            {
                var inputs = new AttentionInputs<float>(q, k, v, mask, y, lse, dy);
                new AttentionBackward<Lanes512<float>, float>(x.Shape, inputs, toQ, toK, toV).Run(1);
                AssertSame(expected, dq, dk, dv);
                new AttentionBackward<Lanes128<float>, float>(x.Shape, inputs, toQ, toK, toV).Run(1);
                AssertSame(expected, dq, dk, dv);
                new AttentionBackward<OneLane<float>, float>(x.Shape, inputs, toQ, toK, toV).Run(1);
                AssertSame(expected, dq, dk, dv);
            }
        }
    }

    private static void AssertSame((float[] Q, float[] K, float[] V) expected, float[] q, float[] k, float[] v)
    {
        Assert.Equal(expected.Q, q);
        Assert.Equal(expected.K, k);
        Assert.Equal(expected.V, v);
    }

    [Fact]
    public void Backward_OfWrongLengths_ThrowsWithTheNumbersAndWritesNothing()
    {
        float[] g = [5, 5, 5, 5], four = new float[4], two = new float[2];
        AttentionShape shape = new(1, 2, 2, 2);
        Assert.Contains("'logSumExp' has length 4, needs 2",
            Message(() => Attention.Backward(four, four, four, four, four, four, g, new float[4], new float[4], shape)));
        Assert.Contains("'keyGradient' has length 2, needs 4",
            Message(() => Attention.Backward(four, four, four, four, two, four, g, two, new float[4], shape)));
        Assert.Contains("'queryGradient' shares memory",
            Message(() => Attention.Backward(four, four, four, four, two, four, g, g, new float[4], shape)));
        Assert.Contains("'valueGradient' shares memory",
            Message(() => Attention.Backward(four, four, four, four, two, four, g, new float[4], four, shape)));
        Assert.Equal([5, 5, 5, 5], g);

        static string Message(Action call) => Assert.Throws<ArgumentException>(call).Message;
    }

    [Fact]
    public void BothPasses_OnOneThread_AllocateNothing()
    {
        Inputs x = Inputs.Random(new(2, 100, 300, 20) { Causal = true }, 1, true);
        float[] q = Single(x.Q), k = Single(x.K), v = Single(x.V), y = new float[q.Length];
        float[] lse = new float[200], dq = new float[q.Length], dk = new float[k.Length], dv = new float[k.Length];
        Action run = () =>
        {
            Attention.Forward(q, k, v, y, x.Shape, x.Mask, lse);
            Attention.Backward(q, k, v, y, lse, y, dq, dk, dv, x.Shape, x.Mask);
        };
        run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Forward_OfWrongLengths_ThrowsWithTheNumbersAndWritesNothing()
    {
        float[] y = [5, 5, 5, 5], six = new float[6];
        AttentionShape shape = new(1, 2, 3, 2);
        Assert.Contains("'queries' has length 6, needs 4", Message(() => Attention.Forward(six, six, six, y, shape)));
        Assert.Contains("'keys' has length 4, needs 6", Message(() => Attention.Forward(new float[4], new float[4], six, y, shape)));
        Assert.Contains("'values' has length 5, needs 6", Message(() => Attention.Forward(new float[4], six, new float[5], y, shape)));
        Assert.Contains("'output' has length 3, needs 4", Message(() => Attention.Forward(new float[4], six, six, y.AsSpan(1), shape)));
        Assert.Contains("'keyMask' has length 2, needs 3",
            Message(() => Attention.Forward(new float[4], six, six, y, shape, [true, true])));
        Assert.Contains("'logSumExp' has length 3, needs 2",
            Message(() => Attention.Forward(new float[4], six, six, y, shape, default, new float[3])));
        Assert.Contains("'output' shares memory", Message(() => Attention.Forward(y, six, six, y, shape)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Attention.Forward(y, y, y, y, new(-1, 2, 3, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Attention.Forward(new float[4], six, six, y, shape with { Scale = double.NaN }));
        Assert.Equal([5, 5, 5, 5], y);

        static string Message(Action call) => Assert.Throws<ArgumentException>(call).Message;
    }
}
