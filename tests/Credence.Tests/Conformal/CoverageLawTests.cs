using Credence.Conformal;

namespace Credence.Tests.Conformal;

public sealed class CoverageLawTests
{
    /// <summary>The central 95 % of scipy.stats.betabinom(m, k, n + 1 − k), as shares.</summary>
    [Theory]
    [InlineData(10, 0.1, 10, 0.6, 1)]
    [InlineData(20, 0.1, 20, 0.7, 1)]
    [InlineData(99, 0.1, 30, 23.0 / 30, 1)]
    [InlineData(5000, 0.1, 5000, 0.888, 0.9116)]
    [InlineData(9, 0.1, 3, 1.0 / 3, 1)]
    [InlineData(50, 0.5, 7, 1.0 / 7, 6.0 / 7)]
    [InlineData(1000, 0.05, 200, 0.915, 0.98)]
    [InlineData(5, 0.1, 20, 1, 1)]
    public void RangeOn_IsTheBetaBinomialsCentralRange(int rows, double alpha, int testRows, double low, double high)
    {
        var law = new CoverageLaw(rows, ConformalRank.Compute(rows, alpha));
        (double Low, double High) range = law.RangeOn(testRows);
        Assert.Equal(low, range.Low, 1e-12);
        Assert.Equal(high, range.High, 1e-12);
        Assert.Equal(range, CoverageLaw.RangeOf([law], testRows));
    }

    [Fact]
    public void RangeOf_OfTwoEqualParts_IsNearThatOfOnePart()
    {
        var half = new CoverageLaw(499, 450);
        (double low, double high) = CoverageLaw.RangeOf([half, half], 1000);
        (double Low, double High) one = new CoverageLaw(999, 900).RangeOn(1000);
        Assert.Equal(one.Low, low, 0.002);
        Assert.Equal(one.High, high, 0.002);
    }
}
