using System.Numerics.Tensors;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>The softmax of rows beside TensorPrimitives, ONNX Runtime and memcpy.</summary>
internal sealed class SoftmaxBenchmark : IBenchmark
{
    private static readonly (int Rows, int Columns)[] Shapes =
    [
        (100000, 2), (100000, 3), (100000, 10), (50000, 17), (20000, 100), (10000, 128), (8192, 1000), (512, 32000), (256, 50257), (64, 262144),
        (1, 4194304),
    ];

    public string Verb => "softmax";

    public string Summary => "softmax of rows: float and double, beside TensorPrimitives, ONNX Runtime and memcpy";

    public int Run(string[] args)
    {
        var report = new Report("softmax", "rows × columns", "ours", "TensorPrimitives", "ONNX Runtime", "memcpy", "double", "TensorPrimitives double");
        double product = 1;
        foreach ((int rows, int columns) in Shapes)
        {
            double[] seconds = Measure(rows, columns);
            double elements = (double)rows * columns;
            report.Row($"{rows} × {columns}", [.. seconds.Select(s => s / elements * 1e9)], seconds[0] / Math.Min(seconds[1], seconds[2]));
            product *= Math.Min(seconds[1], seconds[2]) / seconds[0];
        }

        report.Note($"Geometric mean of the fastest peer's time to ours: {Math.Pow(product, 1.0 / Shapes.Length):F2}");
        report.Write();
        return 0;
    }

    private static double[] Measure(int rows, int columns)
    {
        int length = rows * columns;
        float[] x = new float[length], y = new float[length], theirs = new float[length];
        double[] xDouble = new double[length], yDouble = new double[length];
        var rng = new Rng(1);
        for (int i = 0; i < length; i++)
            xDouble[i] = x[i] = (float)((rng.NextDouble() * 20) - 10);
        using var onnx = new OnnxRun(OnnxModel.OneNode("Softmax", 2, "x"), [("x", x, [rows, columns])], theirs, [rows, columns]);
        onnx.Run();
        Softmax.ForwardRows(x, columns, y);
        for (int i = 0; i < length; i++)
        {
            if (Math.Abs(y[i] - theirs[i]) > 1e-4f * theirs[i] + 1e-12f)
                throw new InvalidOperationException($"element {i} of {rows} × {columns}: ours {y[i]}, ONNX Runtime {theirs[i]}");
        }

        return Race.Run(
        [
            () => Softmax.ForwardRows(x, columns, y),
            () => EachRow(x, columns, theirs),
            onnx.Run,
            () => x.CopyTo(theirs, 0),
            () => Softmax.ForwardRows(xDouble, columns, yDouble),
            () => EachRow(xDouble, columns, yDouble),
        ]);
    }

    private static void EachRow<T>(T[] x, int columns, T[] y)
        where T : System.Numerics.IExponentialFunctions<T>
    {
        for (int from = 0; from < x.Length; from += columns)
            TensorPrimitives.SoftMax<T>(x.AsSpan(from, columns), y.AsSpan(from, columns));
    }
}
