namespace Credence.Numerics.Tests;

/// <summary>Maps, gradients and products on every length at every alignment: what they write, and that they write nothing else.</summary>
public sealed class NumericsEveryLengthTests
{
    private const float Canary = 12345;

    private delegate void Kernel(ReadOnlySpan<float> x, Span<float> y);

    private static readonly (string Name, Kernel Run, Func<float[], int, double>? Element)[] Kernels =
    [
        ("Exp", Exp.Apply, (x, i) => Exp.Compute(x[i])),
        ("Log", Log.Apply, (x, i) => Log.Compute(x[i])),
        ("Sigmoid", Sigmoid.Apply, (x, i) => 1 / (1 + Math.Exp(-x[i]))),
        ("LogSigmoid", LogSigmoid.Apply, (x, i) => -Math.Log(1 + Math.Exp(-x[i]))),
        ("Softmax", Softmax.Forward, null),
        ("Softmax backward", (x, y) => Softmax.BackwardRows(x, x.Length, x, y), Backward),
        ("Gumbel backward", (x, y) => Gumbel.BackwardRows(x, x.Length, x, y), Backward),
        ("Softmax masked", (x, y) => Softmax.ForwardMaskedRows(x, x.Length, [.. Enumerable.Repeat(true, x.Length)], y), null),
        ("Softmax axis", (x, y) => Softmax.ForwardAxis(x, 1, x.Length, y), (x, i) => 1),
        ("Binary cross-entropy", (x, y) => BinaryCrossEntropy.LossAndGradient(x, new float[x.Length], default, y), null),
        ("A·B, a column", (x, y) => MatrixProduct.Multiply(x, [2f], y, x.Length, 1, 1), (x, i) => 2 * x[i]),
        ("A·B, a row", (x, y) => MatrixProduct.Multiply([2f], x, y, 1, 1, x.Length), (x, i) => 2 * x[i]),
        ("Aᵀ·B", (x, y) => MatrixProduct.MultiplyTransposedLeft(x, [2f], y, x.Length, 1, 1), (x, i) => 2 * x[i]),
        ("A·Bᵀ", (x, y) => MatrixProduct.MultiplyTransposedRight([2f], x, y, 1, 1, x.Length), (x, i) => 2 * x[i]),
        ("Sparse A·B", (x, y) => SparseProduct.Multiply([0, 1], [0], [2f], x, y, 1, x.Length), (x, i) => 2 * x[i]),
    ];

    [Fact]
    public void EveryKernel_OfEveryLengthAndAlignment_WritesTheSameAndNothingElse()
    {
        foreach ((string name, Kernel run, Func<float[], int, double>? element) in Kernels)
        {
            for (int length = 0; length <= 257; length++)
            {
                float[] x = Numbers.Single(length, 9, (ulong)length), expected = new float[length];
                run(x, expected);
                for (int i = 0; i < length && element is not null; i++)
                    Assert.True(Near(element(x, i), expected[i]), $"{name} of {length}, element {i}: {expected[i]}, not {element(x, i)}");

                int from = 1 + (length % 7), to = 1 + (length % 5);
                float[] shifted = [.. Enumerable.Repeat(float.NaN, from), .. x, .. Enumerable.Repeat(float.NaN, 20)];
                float[] y = [.. Enumerable.Repeat(Canary, length + 40)];
                run(shifted.AsSpan(from, length), y.AsSpan(to, length));
                Assert.True(y.AsSpan(to, length).SequenceEqual(expected), $"{name} of {length} elements depends on where they lie");
                Assert.True(y[..to].Concat(y[(to + length)..]).All(v => v == Canary), $"{name} of {length} elements writes beyond them");
            }
        }
    }

    [Fact]
    public void Maps_InDouble_OfEveryLength_AreTheirSingleValues()
    {
        for (int length = 0; length <= 257; length++)
        {
            int from = 1 + (length % 3);
            double[] x = Numbers.Uniform(length + from, 700, (ulong)length), y = [.. Enumerable.Repeat(777.0, length + from + 9)];
            Exp.Apply(x.AsSpan(from), y.AsSpan(from));
            Assert.All(y[..from].Concat(y[(length + from)..]), v => Assert.Equal(777.0, v));
            for (int i = from; i < x.Length; i++)
                Assert.Equal(BitConverter.DoubleToInt64Bits(Exp.Compute(x[i])), BitConverter.DoubleToInt64Bits(y[i]));
            Log.Apply(x.AsSpan(from), y.AsSpan(from));
            for (int i = from; i < x.Length; i++)
                Assert.Equal(BitConverter.DoubleToInt64Bits(Log.Compute(x[i])), BitConverter.DoubleToInt64Bits(y[i]));
        }
    }

    [Fact]
    public void Maps_OfWrongSpans_ThrowWithTheNumbersAndWriteNothing()
    {
        float[] x = [1, 2, 3, 4], y = [7, 7, 7];
        foreach (Kernel map in (Kernel[])[Exp.Apply, Log.Apply, Sigmoid.Apply, LogSigmoid.Apply, Softmax.Forward])
        {
            string message = Assert.Throws<ArgumentException>(() => map(x, y)).Message;
            Assert.Contains("has length 3, needs at least 4.", message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => map(x.AsSpan(0, 3), x.AsSpan(1, 3)));
            Assert.Equal([7, 7, 7], y);
            Assert.Equal([1, 2, 3, 4], x);
        }
    }

    private static double Backward(float[] x, int i) => x[i] * (x[i] - x.Sum(v => (double)v * v));

    private static bool Near(double expected, float actual) =>
        (double.IsNaN(expected) && float.IsNaN(actual)) || Math.Abs(expected - actual) <= 2e-5 * (1e-6 + Math.Abs(expected));
}
