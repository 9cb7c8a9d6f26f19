using Credence.Files.Delimited;
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
    public void ManyColumnsOfOneName_AreNumbered_WithAFewNotes()
    {
        using var scratch = new Scratch();
        string header = string.Join(',', Enumerable.Repeat("a", 60_000)), row = string.Join(',', Enumerable.Repeat("1", 60_000));
        using InputFile input = InputFile.At(scratch.Write("a.csv", $"{header}\n{row}\n"), new ReadOptions());

        DelimitedFile file = DelimitedFile.Guess(input, new ReadOptions { HasHeader = true }, null);

        Assert.Equal(["a", "a (2)", "a (3)"], file.Names.Take(3));
        Assert.Equal("a (60000)", file.Names[^1]);
        Assert.Contains(file.Notes, note => note.EndsWith("59,987 more columns are renamed, as others have their names.",
            StringComparison.Ordinal));
    }

    [Fact]
    public void EveryCell_IsReadAsItWasWritten_WithoutNames() => KnownRows.Check("comma-no-header.csv", new ReadOptions { Label = "-1" });

    [Fact]
    public void EveryCell_IsReadAsItWasWritten_BetweenSpaces() =>
        KnownRows.Check("space.txt", new ReadOptions { Label = "label", Separator = "space" });

    [Fact]
    public void EveryCell_IsReadAsItWasWritten_InOtherQuotes() =>
        KnownRows.Check("apostrophe.csv", new ReadOptions { Label = "label", Quote = "'" });
}
