using System.Globalization;
using System.Text.Json;
using Credence.Files.Records;

namespace Credence.Files.Tests.Records;

/// <summary>Days and times in the forms that Python's strftime writes: tools/golden/tables.py.</summary>
public class DateParserTests
{
    [Fact]
    public void EveryForm_IsReadAsItWasWritten()
    {
        JsonElement days = JsonDocument.Parse(File.ReadAllText(Repository.Golden("tables", "texts.json"))).RootElement.GetProperty("days");

        Assert.Equal(60, days.GetArrayLength());
        foreach (JsonElement day in days.EnumerateArray())
        {
            Assert.True(DateParser.TryParse(day[0].GetString(), out long ticks), day[0].GetString());
            Assert.Equal(DateTime.Parse(day[1].GetString()!, CultureInfo.InvariantCulture), new DateTime(ticks));
        }
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("31/12/2024")]
    [InlineData("2024-13-01")]
    [InlineData("12345678")]
    [InlineData("2024-01-01 25:00")]
    public void WhatIsNoDayInTheseForms_IsNone(string text) => Assert.False(DateParser.TryParse(text, out _));
}
