namespace Credence.Numerics.Tests;

public class ScoreTestSumsTests
{
    [Fact]
    public void AddExpected_IsThePlainLoop_AtEveryLength()
    {
        const double Weight = 1.3;
        foreach (int events in LaneOrder.Lengths)
        {
            // Some above 1, which count as 1.
            double[] p = [.. LaneOrder.Values(events, 1, 1.1, events / 2).Select(Math.Abs)], sums = LaneOrder.Values(6 * events, 2),
                expected = [.. sums];
            for (int k = 0; k < events; k++)
            {
                double q = Math.Min(p[k], 1), weighted = Weight * q, variance = Weight * weighted * (1 - q);
                double[] added = [-weighted, -(weighted * q), variance, variance * q, variance * q * q, q];
                for (int s = 0; s < added.Length; s++)
                    expected[(s * events) + k] += added[s];
            }

            ScoreTestSums.AddExpected(p, Weight, sums);
            LaneOrder.AssertSame(expected, sums, $"sums of {events}");
        }
    }

    [Fact]
    public void ShortSpans_AreRefused() => Assert.Throws<ArgumentException>(() =>
        ScoreTestSums.AddExpected(new double[2], 1, new double[11]));
}
