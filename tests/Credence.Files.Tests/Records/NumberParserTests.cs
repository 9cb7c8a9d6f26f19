using System.Globalization;
using System.Text.Json;
using Credence.Files.Records;

namespace Credence.Files.Tests.Records;

/// <summary>Numbers in the forms that Python writes, to the bit: tools/golden/tables.py.</summary>
public class NumberParserTests
{
    [Fact]
    public void EveryNumber_IsReadToTheBit()
    {
        JsonElement numbers = JsonDocument.Parse(File.ReadAllText(Repository.Golden("tables", "texts.json")))
            .RootElement.GetProperty("numbers");

        Assert.Equal(264, numbers.GetArrayLength());
        foreach (JsonElement known in numbers.EnumerateArray())
        {
            Assert.True(NumberParser.TryParse(known[0].GetString(), out double number), known[0].GetString());
            Assert.Equal(ulong.Parse(known[1].GetString()!, NumberStyles.HexNumber), BitConverter.DoubleToUInt64Bits(number));
        }
    }

    [Theory]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("1e400", double.PositiveInfinity)]
    public void WhatIsTooLarge_IsInfinite(string text, double expected)
    {
        Assert.True(NumberParser.TryParse(text, out double number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nan")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("0x10")]
    [InlineData("1 2")]
    public void WhatIsNoNumber_IsNone(string text) => Assert.False(NumberParser.TryParse(text, out _));
}
