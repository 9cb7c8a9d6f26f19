namespace Credence.Numerics.Tests;

public class GammaDistributionTests
{
    [Theory]
    [InlineData(0.1, 1, 0.75182963404584928)]
    [InlineData(3.84, 1, 0.050043521248705103)]
    [InlineData(16.9, 9, 0.050305190124310876)]
    [InlineData(99, 99, 0.4810969124082639)]
    [InlineData(200, 99, 8.1939118914221111e-9)]
    [InlineData(0.001, 5, 0.99999999831851228)]
    [InlineData(700, 500, 7.7289921112166518e-9)]
    public void ChiSquaredUpperTail_AgreesWithFortyDigits(double x, double degrees, double expected) =>
        Assert.Equal(expected, GammaDistribution.ChiSquaredUpperTail(x, degrees), 1e-12 * Math.Max(expected, 1e-3));

    [Fact]
    public void UpperTail_IsOneAtZero_ZeroAtInfinity_NaNWithoutAShape()
    {
        Assert.Equal(1, GammaDistribution.UpperTail(0, 3));
        Assert.Equal(0, GammaDistribution.UpperTail(double.PositiveInfinity, 3));
        Assert.True(double.IsNaN(GammaDistribution.UpperTail(1, 0)));
    }
}
