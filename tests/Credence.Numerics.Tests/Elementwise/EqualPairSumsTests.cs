namespace Credence.Numerics.Tests;

public class EqualPairSumsTests
{
    [Fact]
    public void Compute_IsThePlainLoop_ForEveryNumberOfLabellings()
    {
        const int Rows = 13;
        double[] kernel = LaneOrder.Values(Rows * Rows, 1, nan: 7 * Rows);
        for (int labellings = 0; labellings <= 40; labellings++)
        {
            double[] labels = [.. Numbers.Labels(Rows * labellings, 3, (ulong)labellings).Select(v => (double)v)],
                sums = new double[labellings];
            EqualPairSums.Compute(labels, kernel, Rows, sums);
            for (int d = 0; d < labellings; d++)
            {
                double expected = 0;
                for (int i = 1; i < Rows; i++)
                {
                    double row = 0;
                    for (int j = 0; j < i; j++)
                        row += labels[(i * labellings) + d] == labels[(j * labellings) + d] ? kernel[(i * Rows) + j] : 0;
                    expected += row;
                }

                LaneOrder.AssertSame(expected, sums[d], $"labelling {d} of {labellings}");
            }
        }
    }

    [Fact]
    public void ShortSpans_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => EqualPairSums.Compute(new double[5], new double[9], 3, new double[2]));
        Assert.Throws<ArgumentException>(() => EqualPairSums.Compute(new double[6], new double[8], 3, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EqualPairSums.Compute(new double[6], new double[8], -1, new double[2]));
    }
}
