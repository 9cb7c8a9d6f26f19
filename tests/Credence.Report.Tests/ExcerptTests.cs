using System.Globalization;
using Credence.Report.Formatting;
using CsCheck;

namespace Credence.Report.Tests;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("short", "short")]
    [InlineData("  two \t\r\n words ", "two words")]
    [InlineData("eleven chars", "eleven cha…")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("a\0b", "a␀b")]
    [InlineData("a\u202Eb\u200Fc", "abc")]
    [InlineData("👩‍👩‍👧‍👧👩‍👩‍👧‍👧", "👩‍👩‍👧‍👧👩‍👩‍👧‍👧")]
    public void Excerpt_Is(string? text, string expected) => Assert.Equal(expected, Excerpt.Of(text, 10));

    [Fact]
    public void Excerpt_IsBoundedWhateverTheText() => Gen.Select(Gen.String, Gen.Int[1, 30]).Sample((text, length) =>
    {
        string shown = Excerpt.Of(text, length);
        Assert.True(new StringInfo(shown).LengthInTextElements <= 2 * length + 1);
        Assert.DoesNotContain(shown, char.IsControl);
    });

    [Fact]
    public void Excerpt_OfStackedAccentsIsShort() => Assert.True(Excerpt.Of("a" + new string('\u0301', 100_000), 10).Length < 100);

    [Fact]
    public void Excerpt_OfATextThatIsCutSaysSo()
    {
        Assert.EndsWith("…", Excerpt.Of(new string(' ', 10_000) + "x", 10));
        Assert.EndsWith("…", Excerpt.Of(new string('x', 10_000), 10));
    }
}
