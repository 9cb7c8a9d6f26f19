using Credence.Report.Formatting;
using CsCheck;

namespace Credence.Report.Tests;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.0, "0 %")]
    [InlineData(1.0, "100 %")]
    [InlineData(0.934, "93.4 %")]
    [InlineData(0.9, "90.0 %")]
    [InlineData(0.9994, "99.9 %")]
    [InlineData(0.9996, ">99.9 %")]
    [InlineData(0.99999999999, ">99.9 %")]
    [InlineData(0.0006, "0.1 %")]
    [InlineData(0.0004, "<0.1 %")]
    [InlineData(1e-300, "<0.1 %")]
    [InlineData(double.NaN, "n/a")]
    [InlineData(double.PositiveInfinity, "n/a")]
    public void Percent_IsWrittenAs(double probability, string expected) => Assert.Equal(expected, NumberText.Percent(probability));

    [Fact]
    public void Percent_OfMinusZeroIsZero() => Assert.Equal("0 %", NumberText.Percent(-0.0));

    [Fact]
    public void Percent_SaysNoneOrAllOnlyWhenItIsExactlySo() =>
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 6]).Sample((probability, decimals) =>
    {
        string written = NumberText.Percent(probability, decimals);
        double number = double.Parse(written.TrimStart('<', '>').Replace(" %", ""));
        Assert.Equal(probability is 0 or 1, number is 0 or 100);
        Assert.True(written[0] is '<' or '>' || double.Abs(number - 100 * probability) <= 0.5000001 * Step(decimals), written);
    });

    [Theory]
    [InlineData(double.Epsilon, "<1")]
    [InlineData(0.9951, ">99")]
    [InlineData(0.89, "89")]
    [InlineData(1, "100")]
    public void OfHundred_IsHonestAtTheEnds(double probability, string expected) =>
        Assert.Equal(expected, NumberText.OfHundred(probability));

    [Theory]
    [InlineData(0.142153, "0.1422")]
    [InlineData(0.003434, "0.00343")]
    [InlineData(3.2e-9, "3.2e-9")]
    [InlineData(0, "0")]
    [InlineData(1234.5, "1,235")]
    [InlineData(double.NaN, "n/a")]
    public void Figure_HasTheDigitsItsSizeCallsFor(double value, string expected) => Assert.Equal(expected, NumberText.Figure(value));

    [Theory]
    [InlineData(1e-5, "10⁻⁵")]
    [InlineData(0.01, "0.01")]
    [InlineData(1, "1")]
    [InlineData(1e12, "10¹²")]
    public void Power_IsShort(double value, string expected) => Assert.Equal(expected, NumberText.Power(value));

    [Fact]
    public void Count_AgreesWithItsNoun()
    {
        Assert.Equal("1 row", NumberText.Count(1, "row"));
        Assert.Equal("4,812 rows", NumberText.Count(4812, "row"));
        Assert.Equal("0 classes", NumberText.Count(0, "class", "classes"));
    }

    private static double Step(int decimals)
    {
        double step = 1;
        for (int i = 0; i < decimals; i++)
            step /= 10;

        return step;
    }
}
