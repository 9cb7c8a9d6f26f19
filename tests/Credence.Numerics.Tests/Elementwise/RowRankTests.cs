namespace Credence.Numerics.Tests;

public class RowRankTests
{
    [Fact]
    public void Compute_CountsAndCollectsAsSortingDoes_AtEveryLength()
    {
        foreach (int length in LaneOrder.Lengths)
        {
            // Many ties, and a NaN, which is left out.
            double[] x = [.. LaneOrder.Values(length, (ulong)length).Select(v => Math.Floor(5 * v) / 10)], largest = new double[5];
            if (length > 3)
                x[length / 2] = double.NaN;
            Array.Fill(largest, double.NegativeInfinity);
            RowRank rank = RowRank.Compute(x, 0.3, largest);
            Assert.Equal(new RowRank(x.Count(v => v > 0.3), x.Count(v => v == 0.3)), rank);
            Assert.Equal(x.Where(v => !double.IsNaN(v)).Concat(Enumerable.Repeat(double.NegativeInfinity, 5)).OrderDescending().Take(5),
                largest);
        }
    }

    [Fact]
    public void Compute_KeepsWhatItWasGiven_WhereTheRowHasNoneGreater()
    {
        double[] largest = [9, 0.5];
        RowRank.Compute([0.1, 0.7, 0.6], 0.6, largest);
        Assert.Equal([9, 0.7], largest);
        Assert.Throws<ArgumentException>(() => RowRank.Compute([0.1], 0.6, []));
    }
}
