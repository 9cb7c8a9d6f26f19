namespace Credence.Numerics.Tests;

public class DoubleVectorsTests
{
    [Fact]
    public void Sums_AreThoseOfAPlainLoopInTheSameOrder_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            foreach (int nan in (int[])[-1, length / 2, length - 1])
            {
                double[] x = LaneOrder.Values(length, 1, nan: nan), y = LaneOrder.Values(length, 2);
                float[] z = Numbers.Single(length, 2, 3);
                LaneOrder.AssertSame(LaneOrder.Sum(length, (s, i) => s + x[i]), DoubleVectors.Sum(x), $"Sum of {length}");
                LaneOrder.AssertSame(
                    LaneOrder.Sum(length, (s, i) => Math.FusedMultiplyAdd(x[i], y[i], s)), DoubleVectors.Dot(x, y), $"Dot of {length}");
                LaneOrder.AssertSame(
                    LaneOrder.Sum(length, (s, i) => s + ((x[i] - z[i]) * (x[i] - z[i]))),
                    DoubleVectors.SquaredDistance(x, z), $"Distance of {length}");
                Assert.Equal(nan >= 0, double.IsNaN(DoubleVectors.Sum(x)) || (length == 0 && nan >= 0));
            }
        }
    }

    [Fact]
    public void Searches_AreThoseOfAPlainLoop_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            double[] x = [.. LaneOrder.Values(length, (ulong)length).Select(v => Math.Floor(5 * Math.Abs(v)) / 10)];
            Assert.Equal(length == 0 ? double.NegativeInfinity : x.Max(), DoubleVectors.Max(x));
            foreach (double sought in (double[])[0, 0.3, 0.9, 1, double.NaN])
                Assert.Equal(double.IsNaN(sought) ? -1 : Array.IndexOf(x, sought), DoubleVectors.IndexOf(x, sought));

            Assert.True(DoubleVectors.AreWithin(x, 0, 0.9));
            Assert.Equal(!x.Contains(0.9), DoubleVectors.AreWithin(x, 0, 0.85));
            Assert.Equal(!x.Contains(0), DoubleVectors.AreWithin(x, 0.05, 1));
            foreach (int place in (int[])[0, length / 2, length - 1])
            {
                if (length == 0)
                    continue;

                double[] odd = [.. x];
                odd[place] = double.NaN;
                Assert.False(DoubleVectors.AreWithin(odd, 0, 1));
                Assert.True(double.IsNaN(DoubleVectors.Max(odd)));
                Assert.Equal(-1, DoubleVectors.IndexOf(odd, double.NaN));
            }
        }
    }

    [Fact]
    public void Shifts_AreThoseOfAPlainLoop_AndWriteNothingElse()
    {
        const double Shift = 0.3, Least = -1.1, Factor = 1.7, Canary = 777;
        foreach (int length in LaneOrder.Lengths)
        {
            double[] x = LaneOrder.Values(length, 4, nan: length / 3), room = [.. Enumerable.Repeat(Canary, length + 9)],
                scaled = [.. room];
            DoubleVectors.ShiftAndScale(x, Shift, Factor, room);
            LaneOrder.AssertSame([.. x.Select(v => Factor * (v - Shift))], room[..length], $"ShiftAndScale of {length}");
            Assert.All(room[length..], v => Assert.Equal(Canary, v));

            DoubleVectors.ShiftAtLeast(x, Shift, Least, Factor, room, scaled);
            double[] raised = [.. x.Select(v => Math.Max(v - Shift, Least))];
            LaneOrder.AssertSame(raised, room[..length], $"ShiftAtLeast of {length}");
            LaneOrder.AssertSame([.. raised.Select(v => v * Factor)], scaled[..length], $"ShiftAtLeast of {length}, scaled");
            Assert.All(room[length..].Concat(scaled[length..]), v => Assert.Equal(Canary, v));

            DoubleVectors.ShiftAtLeast(x, Shift, Least, x);
            LaneOrder.AssertSame(raised, x, $"ShiftAtLeast of {length} in place");
        }
    }

    [Fact]
    public void WrongSpans_AreRefusedWithTheNumbers()
    {
        double[] x = [1, 2, 3, 4], y = [7, 7, 7];
        Action[] calls =
        [
            () => DoubleVectors.Dot(x, y),
            () => DoubleVectors.SquaredDistance(x, [1f, 2, 3]),
            () => DoubleVectors.ShiftAndScale(x, 1, 1, y),
            () => DoubleVectors.ShiftAtLeast(x, 1, 0, y),
            () => DoubleVectors.ShiftAtLeast(x, 1, 0, 1, new double[4], y),
        ];
        foreach (Action call in calls)
            Assert.Contains("has length 3, needs at least 4.", Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);

        Assert.Throws<ArgumentException>(() => DoubleVectors.ShiftAndScale(x.AsSpan(0, 3), 1, 1, x.AsSpan(1, 3)));
        Assert.Throws<ArgumentException>(() => DoubleVectors.ShiftAtLeast(x, 1, 0, 1, x, x));
        Assert.Equal([7, 7, 7], y);
        Assert.Equal([1, 2, 3, 4], x);
    }
}
