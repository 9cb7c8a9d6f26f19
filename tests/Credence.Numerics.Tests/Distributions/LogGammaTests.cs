namespace Credence.Numerics.Tests;

public class LogGammaTests
{
    [Theory]
    [InlineData(1e-05, 11.512919692895826)]
    [InlineData(0.1, 2.2527126517342059)]
    [InlineData(0.5, 0.57236494292470009)]
    [InlineData(1.5, -0.12078223763524522)]
    [InlineData(3.7, 1.4280723266653881)]
    [InlineData(11.9, 17.258477450595522)]
    [InlineData(12, 17.502307845873886)]
    [InlineData(50, 144.56574394634489)]
    [InlineData(10000.0, 82099.717496442377)]
    [InlineData(1000000.0, 12815504.569147612)]
    public void Compute_AgreesWithFortyDigits(double x, double expected) =>
        Assert.Equal(expected, LogGamma.Compute(x), 4e-15 * Math.Max(1, Math.Abs(expected)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1.5)]
    [InlineData(double.NaN)]
    public void Compute_IsNaNWhereThereIsNoValue(double x) => Assert.True(double.IsNaN(LogGamma.Compute(x)));
}
