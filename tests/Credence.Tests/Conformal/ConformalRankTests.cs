using Credence.Conformal;

namespace Credence.Tests.Conformal;

public class ConformalRankTests
{
    [Theory]
    [InlineData(99, 0.1, 90)]
    [InlineData(100, 0.1, 91)]
    [InlineData(9, 0.1, 9)]
    [InlineData(8, 0.1, 9)]
    [InlineData(5, 0.1, 6)]
    [InlineData(0, 0.1, 1)]
    [InlineData(19_999, 0.05, 19_000)]
    public void Of_IsTheCeilingOfTheExactProduct(int rows, double alpha, int rank) =>
        Assert.Equal(rank, ConformalRank.Compute(rows, alpha));

    [Fact]
    public void Of_AgreesWithWholeNumberArithmetic_ForEveryRowCount()
    {
        foreach ((double alpha, long numerator) in new[] { (0.1, 900L), (0.05, 950L), (0.01, 990L), (0.2, 800L), (0.3, 700L),
            (0.001, 999L) })
        {
            for (int n = 0; n < 20_000; n++)
                Assert.Equal((((n + 1) * numerator) + 999) / 1000, ConformalRank.Compute(n, alpha));
        }
    }

    [Theory]
    [InlineData(0.1, 9)]
    [InlineData(0.05, 19)]
    [InlineData(0.01, 99)]
    [InlineData(0.3, 3)]
    public void RowsNeeded_IsTheLeastCountWhoseRankExists(double alpha, int rows)
    {
        Assert.Equal(rows, ConformalRank.RowsNeeded(alpha));
        Assert.True(ConformalRank.Compute(rows, alpha) <= rows);
        Assert.True(ConformalRank.Compute(rows - 1, alpha) > rows - 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_RefusesAnAlphaThatIsNoShare(double alpha) => Assert.Throws<ArgumentException>(() => ConformalRank.Compute(10, alpha));
}
