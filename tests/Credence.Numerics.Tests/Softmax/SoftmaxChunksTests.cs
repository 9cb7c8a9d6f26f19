namespace Credence.Numerics.Tests;

/// <summary>Matrices large enough for several threads: these give the bits of one.</summary>
public class SoftmaxChunksTests
{
    [Theory]
    [InlineData(2, 140_001)]
    [InlineData(10, 30_001)]
    [InlineData(1000, 301)]
    [InlineData(70_001, 4)]
    [InlineData(70_001, 9)]
    [InlineData(300_007, 1)]
    public void AnyNumberOfThreads_GivesTheSameBits(int classes, int rows)
    {
        float[] x = Numbers.Single(rows * classes, 5, 3), y = new float[x.Length];
        int[] labels = [.. Enumerable.Range(0, rows).Select(row => row * 7 % classes)];
        float[] targets = [.. x.Select(value => value > 0 ? 1f : 0f)];
        double one = 0;
        (string Name, Action<int> Run)[] kernels =
        [
            ("softmax", threads => Softmax.ForwardRows(x, classes, y, 1, threads)),
            ("softmax of logits out of range", threads =>
            {
                float[] far = [.. x];
                far[^1] = 500;
                Softmax.ForwardRows(far, classes, y, 1, threads);
            }),
            ("gradient of the softmax", threads => Softmax.BackwardRows(targets, classes, x, y, 1, threads)),
            ("log-softmax", threads => LogSoftmax.ForwardRows(x, classes, y, 1, threads)),
            ("log-sum-exp", threads => LogSumExp.ComputeRows(x, classes, y.AsSpan(0, rows), 1, threads)),
            ("cross-entropy", threads => one = CrossEntropy.LossAndGradientRows(x, classes, labels, default, y, threads)),
            ("binary cross-entropy", threads => one = BinaryCrossEntropy.LossAndGradient(x, targets, default, y, threads)),
        ];
        foreach ((string name, Action<int> run) in kernels)
        {
            Array.Clear(y);
            run(1);
            (float[] alone, double loss) = ([.. y], one);
            foreach (int threads in new[] { 2, 3, 8 })
            {
                Array.Clear(y);
                run(threads);

                Assert.True(alone.AsSpan().SequenceEqual(y), $"{name} on {threads} threads");
                Assert.Equal(loss, one);
            }
        }
    }
}
