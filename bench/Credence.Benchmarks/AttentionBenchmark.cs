using System.Numerics.Tensors;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>Attention beside its three steps (scores, softmax, mean), in our kernels, in TensorPrimitives and in ONNX Runtime.</summary>
internal sealed class AttentionBenchmark : IBenchmark
{
    private const int Depth = 64;

    private static readonly (int Heads, int Tokens)[] Sizes = [(1, 128), (12, 128), (1, 512), (8, 512), (1, 1024), (1, 2048), (1, 4096)];

    public string Verb => "attention";

    public string Summary => "attention beside its three steps in our kernels, TensorPrimitives and ONNX Runtime, one thread; milliseconds";

    public int Run(string[] args)
    {
        var report = new Report(
            "attention", "heads × tokens", "ours", "three steps, our kernels", "three steps, TensorPrimitives", "ONNX Runtime",
                "ours causal",
            "three steps, our kernels, causal", "ours double", "ours GFLOP/s", "ours bytes", "scores' bytes");

        // Before anything else has left memory for the next to take.
        Dictionary<int, long> bytes = Sizes.Select(size => size.Tokens).Distinct().ToDictionary(tokens => tokens, FirstBytes);
        foreach ((int heads, int tokens) in Sizes)
        {
            double[] seconds = Measure(heads, tokens);
            double work = 4e-9 * heads * tokens * tokens * Depth;
            report.Row(
                $"{heads} × {tokens}", [.. seconds.Select(s => s * 1e3), work / seconds[0], bytes[tokens], 4.0 * tokens * tokens],
                seconds[0] / Math.Min(seconds[2], seconds[3]));
        }

        report.Note(
            $"Milliseconds; depth {Depth}. The last column is ours divided by the faster of TensorPrimitives and ONNX Runtime, which is "
                + "given scaled queries and keys "
            + "that are transposed already. Bytes are what the first call with so many tokens allocated, one head or many, kept for the "
                + "next call; the scores are what the three steps hold for one head.");
        report.Write();
        return 0;
    }

    private static long FirstBytes(int tokens)
    {
        float[] x = new float[tokens * Depth], y = new float[tokens * Depth];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Attention.Forward(x, x, x, y, new(1, tokens, tokens, Depth));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double[] Measure(int heads, int tokens)
    {
        var rng = new Rng(1);
        int length = heads * tokens * Depth;
        float[] q = new float[length], k = new float[length], v = new float[length], y = new float[length], theirs = new float[length],
            turned = new float[length];
        for (int i = 0; i < length; i++)
            q[i] = (float)rng.NextNormal();
        for (int i = 0; i < length; i++)
            k[i] = (float)rng.NextNormal();
        for (int i = 0; i < length; i++)
            v[i] = (float)rng.NextNormal();
        float[] scaled = [.. q.Select(x => x / 8)];
        for (int i = 0; i < length; i++)
            turned[(i / (tokens * Depth) * tokens * Depth) + (i % Depth * tokens) + (i / Depth % tokens)] = k[i];
        double[] qDouble = [.. q], kDouble = [.. k], vDouble = [.. v], yDouble = new double[length];
        float[] scores = new float[tokens * tokens];
        AttentionShape shape = new(heads, tokens, tokens, Depth);

        Attention.Forward(q, k, v, y, shape);
        long[] rows = [heads, tokens, Depth], columns = [heads, Depth, tokens];
        byte[] model = OnnxGraph.Write(
            [new("MatMul", ["q", "k"], ["s"]), new("Softmax", ["s"], ["p"]), new("MatMul", ["p", "v"], ["y"])],
            [new("q", 3), new("k", 3), new("v", 3)], [new("y", 3)]);
        using var onnx = new OnnxRun(model, [("q", scaled, rows), ("k", turned, columns), ("v", v, rows)], theirs, rows);
        onnx.Run();
        Agree(y, theirs, "ONNX Runtime");
        ThreeSteps(scaled, k, v, theirs, scores, heads, tokens, false);
        Agree(y, theirs, "three steps");
        ThreeStepsOfPrimitives(scaled, k, v, theirs, scores, heads, tokens);
        Agree(y, theirs, "TensorPrimitives");
        Attention.Forward(q, k, v, y, shape with { Causal = true });
        ThreeSteps(scaled, k, v, theirs, scores, heads, tokens, true);
        Agree(y, theirs, "three steps, causal");

        return Race.Run(
        [
            () => Attention.Forward(q, k, v, y, shape),
            () => ThreeSteps(scaled, k, v, theirs, scores, heads, tokens, false),
            () => ThreeStepsOfPrimitives(scaled, k, v, theirs, scores, heads, tokens),
            onnx.Run,
            () => Attention.Forward(q, k, v, y, shape with { Causal = true }),
            () => ThreeSteps(scaled, k, v, theirs, scores, heads, tokens, true),
            () => Attention.Forward(qDouble, kDouble, vDouble, yDouble, shape),
        ]);
    }

    private static void ThreeSteps(float[] q, float[] k, float[] v, float[] y, float[] scores, int heads, int tokens, bool causal)
    {
        int size = tokens * Depth;
        for (int from = 0; from < heads * size; from += size)
        {
            MatrixProduct.MultiplyTransposedRight(q.AsSpan(from, size), k.AsSpan(from, size), scores, tokens, Depth, tokens);
            for (int row = 0; causal && row < tokens; row++)
                scores.AsSpan((row * tokens) + row + 1, tokens - row - 1).Fill(float.NegativeInfinity);
            Softmax.ForwardRows(scores, tokens, scores);
            MatrixProduct.Multiply(scores, v.AsSpan(from, size), y.AsSpan(from, size), tokens, tokens, Depth);
        }
    }

    private static void ThreeStepsOfPrimitives(float[] q, float[] k, float[] v, float[] y, float[] scores, int heads, int tokens)
    {
        for (int row = 0; row < heads * tokens; row++)
        {
            int head = row / tokens * tokens;
            Span<float> s = scores.AsSpan(row % tokens * tokens, tokens), mean = y.AsSpan(row * Depth, Depth);
            for (int key = 0; key < tokens; key++)
                s[key] = TensorPrimitives.Dot<float>(q.AsSpan(row * Depth, Depth), k.AsSpan((head + key) * Depth, Depth));
            TensorPrimitives.SoftMax(s, s);
            mean.Clear();
            for (int key = 0; key < tokens; key++)
                TensorPrimitives.MultiplyAdd(v.AsSpan((head + key) * Depth, Depth), s[key], mean, mean);
        }
    }

    private static void Agree(float[] ours, float[] theirs, string who)
    {
        for (int i = 0; i < ours.Length; i++)
        {
            if (!(Math.Abs(ours[i] - theirs[i]) < 1e-4))
                throw new InvalidOperationException($"element {i}: ours {ours[i]}, {who} {theirs[i]}");
        }
    }
}
