using Credence.Numerics;
using Microsoft.ML.OnnxRuntime;

namespace Credence.Benchmarks;

/// <summary>The k largest of rows beside a full sort and ONNX Runtime's TopK.</summary>
internal sealed class TopKBenchmark : IBenchmark
{
    private static readonly (int Rows, int Columns, int Count)[] Sizes =
    [
        (100000, 10, 1), (100000, 10, 3), (20000, 100, 1), (20000, 100, 5), (2000, 1000, 1), (2000, 1000, 5), (2000, 1000, 100),
            (200, 50257, 5), (200, 50257, 50),
        (8, 1048576, 10),
    ];

    public string Verb => "topk";

    public string Summary => "the k largest of rows, and labels with probabilities, beside a full sort and ONNX Runtime, one thread";

    public int Run(string[] args)
    {
        var report = new Report("topk", "rows × columns, k", "ours", "full sort", "ONNX Runtime", "ours from logits", "softmax alone");
        foreach ((int rows, int columns, int count) in Sizes)
        {
            double[] seconds = Measure(rows, columns, count);
            report.Row(
                $"{rows} × {columns}, {count}", seconds.Select(s => s * 1e9 / ((double)rows * columns)), seconds[0]
                    / Math.Min(seconds[1], seconds[2]));
        }

        report.Note("Nanoseconds an element. From logits: the softmax of the rows and its largest, without the probabilities of the rest "
            + "being kept.");
        report.Write();
        return 0;
    }

    private static double[] Measure(int rows, int columns, int count)
    {
        var rng = new Rng(1);
        float[] x = new float[rows * columns], keys = new float[columns], values = new float[rows * count],
            theirs = new float[rows * count];
        for (int i = 0; i < x.Length; i++)
            x[i] = (float)(rng.NextDouble() - 0.5);
        int[] labels = new int[rows * count], order = new int[columns];
        long[] theirLabels = new long[rows * count];
        float[] probabilities = new float[x.Length];

        byte[] model = OnnxGraph.Write(
            [new("TopK", ["x", "k"], ["y", "i"])], [new("x", 2), new("k", 1, OnnxValue.Int64)],
                [new("y", 2), new("i", 2, OnnxValue.Int64)]);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
        using OrtIoBinding binding = session.CreateIoBinding();
        using var runOptions = new RunOptions();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(x, [rows, columns]),
            size = OrtValue.CreateTensorValueFromMemory((long[])[count], [1]);
        using OrtValue output = OrtValue.CreateTensorValueFromMemory(theirs, [rows, count]),
            indices = OrtValue.CreateTensorValueFromMemory(theirLabels, [rows, count]);
        binding.BindInput("x", input);
        binding.BindInput("k", size);
        binding.BindOutput("y", output);
        binding.BindOutput("i", indices);

        session.RunWithBinding(runOptions, binding);
        TopK.SelectRows(x, columns, count, labels, values);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != theirs[i] || labels[i] != theirLabels[i])
                throw new InvalidOperationException(
                    $"element {i}: ours {values[i]} at {labels[i]}, ONNX Runtime {theirs[i]} at {theirLabels[i]}");
        }

        return Race.Run(
        [
            () => TopK.SelectRows(x, columns, count, labels, values),
            () => Sort(x, keys, order, columns),
            () => session.RunWithBinding(runOptions, binding),
            () => TopK.ForwardRows(x, columns, count, labels, values),
            () => Softmax.ForwardRows(x, columns, probabilities),
        ]);
    }

    private static void Sort(float[] x, float[] keys, int[] order, int columns)
    {
        for (int from = 0; from < x.Length; from += columns)
        {
            x.AsSpan(from, columns).CopyTo(keys);
            for (int i = 0; i < columns; i++)
                order[i] = i;
            Array.Sort(keys, order);
        }
    }
}
