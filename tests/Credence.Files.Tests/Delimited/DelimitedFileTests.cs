using Credence.Files.Inputs;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Delimited;

/// <summary>Text with separators as Python's csv writes it: tools/golden/tables.py.</summary>
public class DelimitedFileTests
{
    [Theory]
    [InlineData("comma.csv")]
    [InlineData("comma-crlf.csv")]
    [InlineData("comma-all-quoted.csv")]
    [InlineData("comma-comments.csv")]
    [InlineData("semicolon.csv")]
    [InlineData("tab.tsv")]
    [InlineData("bar.txt")]
    public void EveryCell_IsReadAsItWasWritten(string file) => KnownRows.Check(file, new ReadOptions { Label = "label" });

    [Fact]
    public void EveryCell_IsReadAsItWasWritten_WithoutNames() => KnownRows.Check("comma-no-header.csv", new ReadOptions { Label = "-1" });

    [Fact]
    public void EveryCell_IsReadAsItWasWritten_BetweenSpaces() =>
        KnownRows.Check("space.txt", new ReadOptions { Label = "label", Separator = "space" });

    [Fact]
    public void EveryCell_IsReadAsItWasWritten_InOtherQuotes() =>
        KnownRows.Check("apostrophe.csv", new ReadOptions { Label = "label", Quote = "'" });
}
