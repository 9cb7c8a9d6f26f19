using System.Numerics.Tensors;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>The cross-entropy with its gradient in one go, beside the softmax alone and the form in three steps.</summary>
internal sealed class CrossEntropyBenchmark : IBenchmark
{
    private static readonly (int Rows, int Columns)[] Shapes =
        [(20000, 2), (10000, 10), (5000, 17), (2000, 32), (1000, 100), (100, 1000), (4, 32000), (8192, 1000), (64, 262144)];

    public string Verb => "crossentropy";

    public string Summary => "cross-entropy and gradient beside our softmax alone, our three steps and TensorPrimitives'";

    public int Run(string[] args)
    {
        var report = new Report(
            "crossentropy", "rows × columns", "ours", "loss alone", "our softmax", "three steps of ours", "three steps of TensorPrimitives",
                "ours / softmax");
        double product = 1;
        foreach ((int rows, int columns) in Shapes)
        {
            double[] seconds = Measure(rows, columns);
            double nanoseconds = 1e9 / ((double)rows * columns), peer = Math.Min(seconds[3], seconds[4]);
            report.Row($"{rows} × {columns}", [.. seconds.Select(s => s * nanoseconds), seconds[0] / seconds[2]], seconds[0] / peer);
            product *= peer / seconds[0];
        }

        report.Note("Nanoseconds an element, but for the last two columns. The three steps: softmax, the sum of −ln p at the labels, 1 "
            + "subtracted at the labels.");
        report.Note($"Geometric mean of the fastest peer's time to ours: {Math.Pow(product, 1.0 / Shapes.Length):F2}");
        report.Write();
        return 0;
    }

    private static double[] Measure(int rows, int columns)
    {
        var rng = new Rng(1);
        float[] x = new float[rows * columns], y = new float[x.Length], theirs = new float[x.Length];
        for (int i = 0; i < x.Length; i++)
            x[i] = (float)((rng.NextDouble() * 20) - 10);
        int[] labels = [.. Enumerable.Range(0, rows).Select(_ => rng.NextInt(columns))];
        double ours = CrossEntropy.LossAndGradientRows(x, columns, labels, default, y);
        double steps = Steps(x, columns, labels, theirs, (from, to) => Softmax.ForwardRows(from, columns, to));
        if (Math.Abs(ours - steps) > 1e-4 * steps || y.Zip(theirs).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-6))
            throw new InvalidOperationException($"{rows} × {columns}: loss {ours}, in steps {steps}");

        return Race.Run(
        [
            () => CrossEntropy.LossAndGradientRows(x, columns, labels, default, y),
            () => CrossEntropy.TotalLoss(x, columns, labels),
            () => Softmax.ForwardRows(x, columns, y),
            () => Steps(x, columns, labels, theirs, (from, to) => Softmax.ForwardRows(from, columns, to)),
            () => Steps(x, columns, labels, theirs, (from, to) =>
            {
                for (int row = 0; row < from.Length; row += columns)
                    TensorPrimitives.SoftMax<float>(from.AsSpan(row, columns), to.AsSpan(row, columns));
            }),
        ]);
    }

    private static double Steps(float[] x, int columns, int[] labels, float[] gradient, Action<float[], float[]> softmax)
    {
        softmax(x, gradient);
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
            loss -= Math.Log(gradient[(row * columns) + labels[row]]);
        for (int row = 0; row < labels.Length; row++)
            gradient[(row * columns) + labels[row]] -= 1;
        return loss;
    }
}
