using Credence.Files.Records;

namespace Credence.Files.Tests.Records;

public class NumberFormatTests
{
    [Theory]
    [InlineData("1234.5", "1234.5", 1234.5)]
    [InlineData("1234.5", "17 %", 17)]
    [InlineData("1234.5", "$5.25", 5.25)]
    [InlineData("1,234.5", "82,444", 82444)]
    [InlineData("1,234.5", "-1,234,567.25", -1234567.25)]
    [InlineData("1,234.5", "12,34,567", 1234567)]
    [InlineData("1,234.5", "($1,200.50)", -1200.5)]
    [InlineData("1,234.5", "USD 3,000", 3000)]
    [InlineData("1234,5", "2,30", 2.3)]
    [InlineData("1234,5", "-0,5", -0.5)]
    [InlineData("1234,5", "\u22127,25", -7.25)]
    [InlineData("1234,5", "1,5e3", 1500)]
    [InlineData("1234,5", "1,5E-3", 0.0015)]
    [InlineData("1.234,5", "1.234.567,8", 1234567.8)]
    [InlineData("1.234,5", "12,5 €", 12.5)]
    [InlineData("1 234,5", "12\u00A0345,75", 12345.75)]
    [InlineData("1 234,5", "1\u202F234", 1234)]
    [InlineData("1 234.5", "1 234.5", 1234.5)]
    [InlineData("1'234.5", "1'234'567.5", 1234567.5)]
    [InlineData("1'234,5", "1\u2019234,5", 1234.5)]
    [InlineData("1.234,5", "1.000", 1000)]
    [InlineData("1234.5", "1.000", 1)]
    public void ANumber_IsReadAsItIsWritten(string way, string text, double expected)
    {
        Assert.True(Way(way).TryParse(text, out double number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("1,234.5", "1,23")]
    [InlineData("1,234.5", "1234,567")]
    [InlineData("1,234.5", "0,123")]
    [InlineData("1,234.5", ",123")]
    [InlineData("1,234.5", "1,,234")]
    [InlineData("1,234.5", "1,2345")]
    [InlineData("1,234.5", "1,234,5")]
    [InlineData("1234,5", "2.5")]
    [InlineData("1234,5", "1,2,3")]
    [InlineData("1.234,5", "1.5")]
    [InlineData("1.234,5", "1,5.0")]
    [InlineData("1 234,5", "1 234\u00A0567")]
    [InlineData("1 234.5", "12 5")]
    [InlineData("1234.5", "$")]
    [InlineData("1234.5", "%")]
    [InlineData("1234.5", "5 apples")]
    [InlineData("1234.5", "-")]
    [InlineData("1234.5", "")]
    [InlineData("1234.5", "()")]
    [InlineData("1234,5", "1,5e")]
    public void WhatIsNotWrittenThatWay_IsNoNumber(string way, string text) => Assert.False(Way(way).TryParse(text, out _));

    [Fact]
    public void AWay_IsNamedByANumberWrittenThatWay() =>
        Assert.All(NumberFormat.All, way => Assert.True(way.TryParse(way.Name, out double number) && number == 1234.5));

    private static NumberFormat Way(string name) => NumberFormat.All.Single(way => way.Name == name);
}
