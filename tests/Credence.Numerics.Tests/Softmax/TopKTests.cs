using CsCheck;

namespace Credence.Numerics.Tests;

public sealed class TopKTests
{
    /// <summary>The whole row sorted: numbers before NaN, larger before smaller, lower labels before higher.</summary>
    private static int[] Reference(float[] row, int count) =>
        [.. Enumerable.Range(0, row.Length).OrderBy(i => float.IsNaN(row[i])).ThenByDescending(i => row[i]).ThenBy(i => i).Take(count)];

    [Fact]
    public void SelectRows_OfEveryLength_IsTheSortedRowsBeginning_AndTouchesNothingElse()
    {
        var rng = new Rng(1);
        for (int classes = 1; classes <= 257; classes++)
        {
            int rows = 1 + (classes % 3);
            // Few different values, so that ties are many; in every seventh row NaN and infinities, too.
            float[] x = [.. Enumerable.Range(0, rows * classes).Select(_ => rng.NextInt(classes % 2 == 0 ? 5 : 1000) - 2f)];
            for (int i = 0; classes % 7 == 0 && i < x.Length; i += 3)
                x[i] = i % 2 == 0 ? float.NaN : float.NegativeInfinity;
            foreach (int count in new HashSet<int> { 1, Math.Min(2, classes), Math.Min(5, classes), (classes + 1) / 2, classes })
            {
                int[] labels = [.. Enumerable.Repeat(-7, (rows * count) + 4)];
                float[] values = [.. Enumerable.Repeat(777f, (rows * count) + 4)];
                TopK.SelectRows(x, classes, count, labels.AsSpan(2, rows * count), values.AsSpan(2, rows * count));
                Assert.Equal([-7, -7, 777, 777], [.. labels[..2], .. values[^2..]]);
                Assert.Equal([777, 777, -7, -7], [.. values[..2], .. labels[^2..]]);
                for (int row = 0; row < rows; row++)
                {
                    int[] expected = Reference(x[(row * classes)..((row + 1) * classes)], count);
                    Assert.Equal(expected, labels.AsSpan(2 + (row * count), count).ToArray());
                    Assert.Equal(expected.Select(label => x[(row * classes) + label]), values.AsSpan(2 + (row * count), count).ToArray());
                }
            }
        }
    }

    [Fact]
    public void SelectRows_OfAnyRow_IsTheSortedRowsBeginning() =>
        Gen.Select(Gen.Float[-3, 3].Select(v => MathF.Round(v, 1)).Array[1, 2000], Gen.Int[1, 50]).Sample((row, count) =>
        {
            count = Math.Min(count, row.Length);
            int[] labels = new int[count];
            float[] values = new float[count];
            TopK.SelectRows(row, row.Length, count, labels, values);
            return labels.AsSpan().SequenceEqual(Reference(row, count));
        });

    [Fact]
    public void SelectRows_OfRisingAndFallingRows_IsTheSortedRowsBeginning()
    {
        foreach (int sign in (int[])[1, -1])
        {
            double[] row = [.. Enumerable.Range(0, 1000).Select(i => (double)(sign * i))];
            int[] labels = new int[10];
            TopK.SelectRows(row, 1000, 10, labels, new double[10]);
            Assert.Equal(Enumerable.Range(0, 10).Select(i => sign > 0 ? 999 - i : i), labels);
        }
    }

    [Fact]
    public void SelectRows_OfOne_TakesTheFirstOfEquals_AndNaNOnlyWithoutANumber()
    {
        const float Infinity = float.PositiveInfinity;
        float[] rows = [float.NaN, float.NaN, float.NaN, float.NaN, -Infinity, float.NaN, -0f, 0, -1, 2, 2, float.NaN, float.NaN, Infinity,
            Infinity, -Infinity, -Infinity, -Infinity];
        foreach (int[] labels in EachWidth.Results(() =>
        {
            int[] found = new int[6];
            float[] values = new float[6];
            TopK.SelectRows(rows, 3, 1, found, values);
            Assert.Equal([float.NaN, -Infinity, -0f, 2, Infinity, -Infinity], values);
            int[] inDouble = new int[6];
            TopK.SelectRows([.. rows.Select(v => (double)v)], 3, 1, inDouble, new double[6]);
            Assert.Equal(found, inDouble);
            return found;
        }))
            Assert.Equal([0, 1, 0, 0, 1, 0], labels);
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(1000, 5)]
    [InlineData(3000, 7)]
    public void ForwardRows_GivesTheSoftmaxsBits_ForAnyThreads(int classes, int count)
    {
        int rows = 300_000 / classes;
        var rng = new Rng(3);
        float[] logits = [.. Enumerable.Range(0, rows * classes).Select(_ => (float)rng.NextNormal() * 3)];
        float[] probabilities = new float[logits.Length], expected = new float[rows * count];
        int[] expectedLabels = new int[rows * count];
        Softmax.ForwardRows(logits, classes, probabilities, 2);
        TopK.SelectRows(probabilities, classes, count, expectedLabels, expected);
        double[] inDouble = new double[rows * count];
        foreach (int maxThreads in (int[])[1, 2, 3, 8])
        {
            int[] labels = new int[rows * count];
            float[] found = new float[rows * count];
            TopK.ForwardRows(logits, classes, count, labels, found, 2, maxThreads);
            Assert.Equal(expectedLabels, labels);
            Assert.Equal(expected, found);
            TopK.SelectRows(probabilities, classes, count, labels, found, maxThreads);
            Assert.Equal(expectedLabels, labels);
            TopK.ForwardRows([.. logits.Select(v => (double)v)], classes, count, labels, inDouble, 2, maxThreads);
            Assert.All(inDouble.Zip(expected), p => Assert.Equal(p.First, p.Second, 1e-6));
        }
    }

    [Fact]
    public void ForwardRows_OfARowWithoutASoftmax_GivesTheFirstLabelsWithNaN()
    {
        int[] labels = new int[4];
        float[] p = new float[4];
        TopK.ForwardRows([1, float.NaN, 2, 0, 1, 2], 3, 2, labels, p);
        Assert.Equal([0, 1, 2, 1], labels);
        Assert.Equal([true, true, false, false], p.Select(float.IsNaN));
    }

    [Fact]
    public void BothForms_OnOneThread_AllocateNothing()
    {
        float[] x = new float[3000], values = new float[300];
        int[] labels = new int[300];
        Action both = () =>
        {
            TopK.SelectRows(x, 30, 3, labels, values);
            TopK.ForwardRows(x, 30, 3, labels, values);
        };
        both();
        long before = GC.GetAllocatedBytesForCurrentThread();
        both();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void SelectRows_OfWrongShapes_ThrowsWithTheNumbersAndWritesNothing()
    {
        float[] values = [5, 5, 5];
        int[] labels = [5, 5, 5];
        Assert.Contains("from 1 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => TopK.SelectRows(new float[6], 3, 4, labels, values))
            .Message);
        Assert.Contains("from 1 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => TopK.SelectRows(new float[6], 3, 0, labels, values))
            .Message);
        Assert.Contains("not a multiple of 4", Assert.Throws<ArgumentException>(() => TopK.SelectRows(new float[6], 4, 1, labels, values))
            .Message);
        Assert.Contains("'labels' has length 3, needs at least 4",
            Assert.Throws<ArgumentException>(() => TopK.SelectRows(new float[6], 3, 2, labels, new float[4])).Message);
        Assert.Contains("'values' has length 3, needs at least 4",
            Assert.Throws<ArgumentException>(() => TopK.SelectRows(new float[6], 3, 2, new int[4], values)).Message);
        Assert.Contains("'values' shares memory", Assert.Throws<ArgumentException>(() => TopK.SelectRows(values, 3, 1, labels, values))
            .Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => TopK.ForwardRows(new float[6], 3, 1, labels, values, temperature: -1));
        Assert.Equal([5, 5, 5], values);
        Assert.Equal([5, 5, 5], labels);
        TopK.SelectRows([], 3, 2, labels, values);
        Assert.Equal([5, 5, 5], labels);
    }
}
