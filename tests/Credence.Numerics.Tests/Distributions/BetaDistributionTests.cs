namespace Credence.Numerics.Tests;

public class BetaDistributionTests
{
    [Theory]
    [InlineData(0.1, 0.5, 0.5, 0.20483276469913346)]
    [InlineData(0.3, 2, 3, 0.34829999999999998)]
    [InlineData(0.9, 90, 11, 0.5831555122664921)]
    [InlineData(0.895, 4501, 500, 0.11923258711199842)]
    [InlineData(0.91, 4501, 500, 0.99211349571716513)]
    [InlineData(0.02, 3, 200, 0.77065317626139081)]
    [InlineData(0.52, 4000, 3900, 0.99247614259166901)]
    [InlineData(0.0001, 0.3, 1000, 0.54586737107696846)]
    public void Cdf_AgreesWithFortyDigits(double x, double a, double b, double expected) =>
        Assert.Equal(expected, BetaDistribution.Cdf(x, a, b), 1e-11);

    [Theory]
    [InlineData(0.05, 90, 10, 0.84672485634267349)]
    [InlineData(0.95, 90, 10, 0.94416782115793346)]
    [InlineData(0.05, 4501, 500, 0.89295361795634702)]
    [InlineData(0.95, 4501, 500, 0.90690447106186606)]
    [InlineData(0.95, 1, 149, 0.019904816220685078)]
    [InlineData(0.95, 4, 297, 0.025641393082609614)]
    [InlineData(0.001, 5000, 500, 0.89669168756464718)]
    public void Quantile_AgreesWithFortyDigits(double p, double a, double b, double expected) =>
        Assert.Equal(expected, BetaDistribution.Quantile(p, a, b), 1e-12);

    [Fact]
    public void Cdf_RisesFromZeroToOne()
    {
        double last = 0;
        for (int i = 0; i <= 1000; i++)
        {
            double value = BetaDistribution.Cdf(i / 1000.0, 7.5, 2.25);
            Assert.True(value >= last);
            last = value;
        }

        Assert.Equal(0, BetaDistribution.Cdf(-1, 2, 3));
        Assert.Equal(1, BetaDistribution.Cdf(2, 2, 3));
        Assert.Equal(1, last);
    }

    [Fact]
    public void NoParameterBelowZero_NoNaN_HasAValue()
    {
        Assert.True(double.IsNaN(BetaDistribution.Cdf(0.5, 0, 1)));
        Assert.True(double.IsNaN(BetaDistribution.Cdf(double.NaN, 1, 1)));
        Assert.True(double.IsNaN(BetaDistribution.Quantile(1.5, 1, 1)));
        Assert.True(double.IsNaN(BetaDistribution.Quantile(double.NaN, 1, 1)));
    }
}
