namespace Credence.Numerics.Tests;

public class EntropyMomentsTests
{
    [Fact]
    public void Compute_IsThePlainLoopInTheSameOrder_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            // Some probabilities are 0, and their logarithm −∞.
            double[] p = [.. LaneOrder.Values(length, 1, 0.5).Select(v => Math.Max(0, v + 0.3))], logs = new double[length];
            for (int i = 0; i < length; i++)
                logs[i] = Log.Compute(p[i]);
            EntropyMoments moments = EntropyMoments.Compute(p, logs);
            double[] z = [.. logs.Select((v, i) => p[i] > 0 ? v : 0)];
            LaneOrder.AssertSame(LaneOrder.Sum(length, (s, i) => s + (p[i] * z[i])), moments.Mean, $"Mean of {length}");
            LaneOrder.AssertSame(LaneOrder.Sum(length, (s, i) => s + (p[i] * z[i] * z[i])), moments.Square, $"Square of {length}");
            LaneOrder.AssertSame(LaneOrder.Sum(length, (s, i) => s + (p[i] * p[i])), moments.Squares, $"Squares of {length}");
            LaneOrder.AssertSame(LaneOrder.Sum(length, (s, i) => s + (p[i] * (p[i] * z[i]))), moments.Cross, $"Cross of {length}");
            LaneOrder.AssertSame(
                LaneOrder.Sum(length, (s, i) => s + Square(p[i] * (z[i] - moments.Mean))), moments.Spread, $"Spread of {length}");
            if (length > 0)
            {
                p[length / 2] = double.NaN;
                Assert.True(double.IsNaN(EntropyMoments.Compute(p, logs).Squares));
            }
        }
    }

    [Fact]
    public void ShortSpans_AreRefused() => Assert.Throws<ArgumentException>(() => EntropyMoments.Compute(new double[4], new double[3]));

    private static double Square(double x) => x * x;
}
