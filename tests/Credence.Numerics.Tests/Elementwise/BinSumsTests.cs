namespace Credence.Numerics.Tests;

public class BinSumsTests
{
    [Fact]
    public void AddWhileAtMost_AddsVectorsOfEightUpToTheFirstThatIsAbove_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            foreach (int start in (int[])[0, 3])
            {
                double[] x = [.. LaneOrder.Values(length, 1, 0.1).Select(Math.Abs)], sums = LaneOrder.Values(length, 2),
                    weights = LaneOrder.Values(length, 3);
                if (length > 40)
                    x[(length / 2) + 5] = length % 2 == 0 ? 0.5 : double.NaN;
                double[] expected = [.. sums], expectedWeights = [.. weights];
                int end = start;
                for (; end + 8 <= length && x.AsSpan(end, 8).ToArray().All(v => v <= 0.1); end += 8)
                {
                    for (int k = end; k < end + 8; k++)
                    {
                        expected[k] += 1.3 * x[k];
                        expectedWeights[k] += 1.3;
                    }
                }

                Assert.Equal(end, BinSums.AddWhileAtMost(x, start, 0.1, 1.3, sums, weights));
                LaneOrder.AssertSame(expected, sums, $"sums of {length}");
                LaneOrder.AssertSame(expectedWeights, weights, $"weights of {length}");
            }
        }
    }

    [Fact]
    public void WrongArguments_AreRefused()
    {
        double[] four = new double[4], three = new double[3];
        Assert.Throws<ArgumentException>(() => BinSums.AddWhileAtMost(four, 0, 1, 1, three, four));
        Assert.Throws<ArgumentException>(() => BinSums.AddWhileAtMost(four, 0, 1, 1, four, three));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinSums.AddWhileAtMost(four, -1, 1, 1, four, four));
    }
}
