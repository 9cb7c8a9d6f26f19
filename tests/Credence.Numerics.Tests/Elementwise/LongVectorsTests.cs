namespace Credence.Numerics.Tests;

public class LongVectorsTests
{
    // One piece, its edges, and enough pieces for several threads.
    private static readonly int[] Lengths = [0, 1, 7, 257, 4095, 4096, 4097, 100_003];

    [Fact]
    public void Dots_AddPiecesInOrder_WhateverTheThreads()
    {
        foreach (int length in Lengths)
        {
            double[] x = LaneOrder.Values(length, 1), y = LaneOrder.Values(length, 2), z = LaneOrder.Values(length, 3, nan: length - 1);
            double expected = 0;
            for (int from = 0; from < length; from += 4096)
                expected += Vectors.Dot<double>(x.AsSpan(from, Math.Min(4096, length - from)),
                    y.AsSpan(from, Math.Min(4096, length - from)));

            foreach (int maxThreads in (int[])[1, 2, 3, 8])
            {
                double[] dots = new double[2];
                LongVectors.Dots(x, [y, z, null], 2, dots, maxThreads);
                LaneOrder.AssertSame(expected, LongVectors.Dot(x, y, maxThreads), $"Dot of {length}");
                LaneOrder.AssertSame(expected, dots[0], $"Dots of {length}");
                Assert.Equal(length > 0, double.IsNaN(dots[1]));
            }
        }
    }

    [Fact]
    public void CombineAddAndConvert_AreThoseOfAPlainLoop()
    {
        foreach (int length in Lengths)
        {
            double[] x = LaneOrder.Values(length, 1), y = LaneOrder.Values(length, 2, nan: length / 2), target = new double[length];
            foreach (int maxThreads in (int[])[1, 3])
            {
                LongVectors.Combine([2.5, 0, -0.7], [x, null, y], 3, target, maxThreads);
                LaneOrder.AssertSame([.. x.Zip(y, (a, b) => Math.FusedMultiplyAdd(-0.7, b, 2.5 * a))], target, "Combine");
                LongVectors.Add(x, -0.7, y, target, maxThreads);
                LaneOrder.AssertSame([.. x.Zip(y, (a, b) => Math.FusedMultiplyAdd(-0.7, b, a))], target, "Add");
                Assert.Equal(x.Select(v => (float)v), LongVectors.Convert<double, float>(x, maxThreads));
            }

            double[] own = [.. x];
            LongVectors.Combine([3], [own], 1, own, 2);
            LaneOrder.AssertSame([.. x.Select(v => 3 * v)], own, "Combine in place");
        }
    }

    [Fact]
    public void WrongLengths_AreRefused()
    {
        double[] x = [1, 2, 3, 4], y = [7, 7, 7];
        Assert.Throws<ArgumentException>(() => LongVectors.Dot(x, y, 1));
        Assert.Throws<ArgumentException>(() => LongVectors.Dots(x, [x, null], 2, new double[2], 1));
        Assert.Throws<ArgumentException>(() => LongVectors.Combine([1], [y], 1, x, 1));
        Assert.Throws<ArgumentException>(() => LongVectors.Add(x, 1, y, x, 1));
        Assert.Equal([1, 2, 3, 4], x);
    }
}
