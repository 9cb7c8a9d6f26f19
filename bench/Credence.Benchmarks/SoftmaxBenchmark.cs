using System.Numerics.Tensors;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>The softmax of rows beside TensorPrimitives, ONNX Runtime, memcpy and a loop in plain double.</summary>
internal sealed class SoftmaxBenchmark : IBenchmark
{
    private static readonly (int Rows, int Columns)[] Shapes =
    [
        (100000, 2), (100000, 3), (100000, 10), (50000, 17), (20000, 100), (10000, 128), (8192, 1000), (512, 32000), (256, 50257),
            (64, 262144),
        (1, 4194304),
    ];

    private static readonly (int Rows, int Columns)[] InCache = [(10000, 10), (1000, 128), (100, 1000), (4, 32000), (1, 131072)];

    public string Verb => "softmax";

    public string Summary => "softmax of rows, float and double, beside TensorPrimitives, ONNX Runtime and memcpy; one thread and two";

    public int Run(string[] args)
    {
        var report = new Report(
            "softmax", "rows × columns", "ours", "TensorPrimitives", "ONNX Runtime", "memcpy", "scalar double", "ours double",
                "TensorPrimitives double", "ours / memcpy");
        double product = 1;
        foreach ((int rows, int columns) in Shapes)
        {
            double[] seconds = Measure(rows, columns);
            double nanoseconds = 1e9 / ((double)rows * columns), peer = Math.Min(seconds[1], seconds[2]);
            report.Row($"{rows} × {columns}", [.. seconds.Select(s => s * nanoseconds), seconds[0] / seconds[3]], seconds[0] / peer);
            product *= peer / seconds[0];
        }

        report.Note("Nanoseconds an element, but for the last two columns.");
        report.Note($"Geometric mean of the fastest peer's time to ours: {Math.Pow(product, 1.0 / Shapes.Length):F2}");
        foreach ((int rows, int columns) in InCache.Concat([(8192, 1000), (64, 262144)]))
            report.Note($"Two threads against one, {rows} × {columns}: {Threads(rows, columns)}");
        report.Write();
        return 0;
    }

    private static double[] Measure(int rows, int columns)
    {
        int length = rows * columns;
        (float[] x, float[] y, float[] theirs) = (Logits(length), new float[length], new float[length]);
        double[] xDouble = [.. x.Select(v => (double)v)], yDouble = new double[length];
        using var onnx = new OnnxRun(OnnxModel.OneNode("Softmax", 2, "x"), [("x", x, [rows, columns])], theirs, [rows, columns]);
        onnx.Run();
        Softmax.ForwardRows(x, columns, y);
        Plain(xDouble, columns, yDouble);
        for (int i = 0; i < length; i++)
        {
            // The peer's float sum of four million elements is 4e-4 off.
            if (Math.Abs(y[i] - yDouble[i]) > 5e-7 * yDouble[i] || Math.Abs(theirs[i] - yDouble[i]) > 2e-3 * yDouble[i])
                throw new InvalidOperationException(
                    $"element {i} of {rows} × {columns}: {yDouble[i]}, ours {y[i]}, ONNX Runtime {theirs[i]}");
        }

        return Race.Run(
        [
            () => Softmax.ForwardRows(x, columns, y),
            () => EachRow(x, columns, theirs),
            onnx.Run,
            () => x.CopyTo(theirs, 0),
            () => Plain(xDouble, columns, yDouble),
            () => Softmax.ForwardRows(xDouble, columns, yDouble),
            () => EachRow(xDouble, columns, yDouble),
        ]);
    }

    private static string Threads(int rows, int columns)
    {
        float[] x = Logits(rows * columns), y = new float[x.Length];
        int half = x.Length / 2;
        double[] seconds = Race.Run(
            [
                () => Softmax.ForwardRows(x, columns, y),
                () => Softmax.ForwardRows(x, columns, y, 1, 2),
                () => x.CopyTo(y, 0),
                () => Chunks.For(2, 2, part => x.AsSpan(part * half, half).CopyTo(y.AsSpan(part * half))),
                () => Chunks.For(16, 1, Race.Arithmetic),
                () => Chunks.For(16, 2, Race.Arithmetic),
            ],
            wall: true);
        double ours = seconds[0] / seconds[1], arithmetic = seconds[4] / seconds[5];
        return $"{ours:F2} times as fast, {ours / arithmetic:P0} of the {arithmetic:F2} of arithmetic without memory; "
            + $"memcpy {seconds[2] / seconds[3]:F2}";
    }

    private static float[] Logits(int length)
    {
        var rng = new Rng(1);
        float[] x = new float[length];
        for (int i = 0; i < length; i++)
            x[i] = (float)((rng.NextDouble() * 20) - 10);
        return x;
    }

    private static void EachRow<T>(T[] x, int columns, T[] y)
        where T : System.Numerics.IExponentialFunctions<T>
    {
        for (int from = 0; from < x.Length; from += columns)
            TensorPrimitives.SoftMax<T>(x.AsSpan(from, columns), y.AsSpan(from, columns));
    }

    private static void Plain(double[] x, int columns, double[] y)
    {
        for (int from = 0; from < x.Length; from += columns)
        {
            double max = double.NegativeInfinity, sum = 0;
            for (int j = from; j < from + columns; j++)
                max = Math.Max(max, x[j]);
            for (int j = from; j < from + columns; j++)
                sum += y[j] = Math.Exp(x[j] - max);
            for (int j = from; j < from + columns; j++)
                y[j] /= sum;
        }
    }
}
