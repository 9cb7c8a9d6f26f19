namespace Credence.Numerics.Tests;

public class VectorsTests
{
    [Fact]
    public void Updates_AreThoseOfAPlainLoop_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            double[] x = LaneOrder.Values(length, 1, nan: length / 2), y = LaneOrder.Values(length, 2), z = LaneOrder.Values(length, 3);
            float[] u = Numbers.Single(length, 2, 4), v = Numbers.Single(length, 2, 5), w = Numbers.Single(length, 2, 6);
            LaneOrder.AssertSame([.. x.Zip(y, (a, b) => Math.FusedMultiplyAdd(1.7, a, b))],
                Changed(y, r => Vectors.AddScaled<double>(1.7, x, r)), "AddScaled");
            LaneOrder.AssertSame([.. x.Zip(y, (a, b) => Math.FusedMultiplyAdd(1.7, b, a))],
                Changed(z, r => Vectors.Add<double>(x, 1.7, y, r)), "Add");
            LaneOrder.AssertSame(
                [.. x.Select((a, i) => Math.FusedMultiplyAdd(a, y[i], z[i]))], Changed(z, r => Vectors.AddProduct<double>(x, y, r)),
                    "AddProduct");
            LaneOrder.AssertSame([.. x.Zip(y, (a, b) => a * b)], Changed(z, r => Vectors.Multiply<double>(x, y, r)), "Multiply");
            LaneOrder.AssertSame([.. x.Select(a => a * 1.7)], Changed(x, r => Vectors.Scale<double>(1.7, r)), "Scale");

            Assert.Equal(u.Zip(v, (a, b) => MathF.FusedMultiplyAdd(1.7f, a, b)), Changed(v, r => Vectors.AddScaled<float>(1.7f, u, r)));
            Assert.Equal(u.Zip(v, (a, b) => MathF.FusedMultiplyAdd(1.7f, b, a)), Changed(w, r => Vectors.Add<float>(u, 1.7f, v, r)));
            Assert.Equal(u.Select((a, i) => MathF.FusedMultiplyAdd(a, v[i], w[i])), Changed(w, r => Vectors.AddProduct<float>(u, v, r)));
            Assert.Equal(u.Zip(v, (a, b) => a * b), Changed(w, r => Vectors.Multiply<float>(u, v, r)));
            Assert.Equal(u.Select(a => a * 1.7f), Changed(u, r => Vectors.Scale<float>(1.7f, r)));
        }
    }

    [Fact]
    public void Dot_IsThatOfAPlainLoopInTheSameOrder_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            double[] x = LaneOrder.Values(length, 1), y = LaneOrder.Values(length, 2);
            float[] u = [.. x.Select(v => (float)v)], w = [.. y.Select(v => (float)v)];
            LaneOrder.AssertSame(Dot(x, y, 4, Math.FusedMultiplyAdd, v => v), Vectors.Dot<double>(x, y), $"Dot of {length} doubles");
            LaneOrder.AssertSame(Dot(u, w, 8, MathF.FusedMultiplyAdd, v => v), Vectors.Dot<float>(u, w), $"Dot of {length} floats");
            if (length > 0)
            {
                x[length / 2] = double.NaN;
                Assert.True(double.IsNaN(Vectors.Dot<double>(x, y)));
            }
        }
    }

    [Fact]
    public void WrongSpans_AreRefusedWithTheNumbers()
    {
        double[] x = [1, 2, 3, 4], y = [7, 7, 7];
        Action[] calls =
        [
            () => Vectors.Dot<double>(x, y),
            () => Vectors.AddScaled<double>(1, y, x),
            () => Vectors.Add<double>(x, 1, y, x),
            () => Vectors.AddProduct<double>(x, y, x),
            () => Vectors.Multiply<double>(y, x, x),
        ];
        foreach (Action call in calls)
            Assert.Contains("has length 3, needs at least 4.", Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3, 4], x);
    }

    /// <summary>Four vectors of some lanes take turns; then the lanes in order and what is left, in double.</summary>
    private static double Dot<T>(T[] x, T[] y, int lanes, Func<T, T, T, T> fused, Func<T, double> wide)
        where T : System.Numerics.INumber<T>
    {
        T[] sums = new T[4 * lanes];
        int vectors = x.Length / lanes, turns = vectors / 4 * 4;
        for (int i = 0; i < vectors * lanes; i++)
        {
            int place = i / lanes < turns ? i % (4 * lanes) : i % lanes;
            sums[place] = fused(x[i], y[i], sums[place]);
        }

        double total = 0;
        for (int l = 0; l < lanes; l++)
            total += wide(sums[l] + sums[lanes + l] + (sums[(2 * lanes) + l] + sums[(3 * lanes) + l]));
        for (int i = vectors * lanes; i < x.Length; i++)
            total += wide(x[i]) * wide(y[i]);
        return total;
    }

    private delegate void Change<T>(Span<T> values);

    /// <summary>What a kernel makes of a copy, with room round it that it must not touch.</summary>
    private static T[] Changed<T>(T[] values, Change<T> change)
        where T : System.Numerics.INumber<T>
    {
        T canary = T.CreateChecked(777);
        T[] room = [canary, canary, canary, .. values, .. Enumerable.Repeat(canary, 9)];
        change(room.AsSpan(3, values.Length));
        Assert.All(room[..3].Concat(room[(values.Length + 3)..]), v => Assert.Equal(canary, v));
        return room[3..(values.Length + 3)];
    }
}
