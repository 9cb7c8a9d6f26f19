using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Patterns;

/// <summary>Labels in lines and in files' names, as Python wrote them: tools/golden/tables.py.</summary>
public class PatternFilesTests
{
    private static readonly object?[] Labels = KnownRows.Cells("label");
    private static readonly string[] Notes =
        [.. KnownRows.Cells("note").Select(note => ((string)note!).Replace('\n', ' ').Replace('\t', ' '))];

    [Theory]
    [InlineData(@"^(?<label>\w+) ")]
    [InlineData(@"^(?<label>\w+) (?<text>.*)$")]
    public void ALabelAtALinesBeginning_IsTakenOutOfTheText(string pattern)
    {
        DataChunk rows = Golden.Read("tables/patterns/split.txt", new ReadOptions { LabelPattern = pattern });

        Assert.Equal(Labels, rows.LabelNames());
        Assert.Equal(Notes, rows.Texts("text"));
    }

    [Fact]
    public void AGroupInALine_IsTheRowsGroup()
    {
        DataChunk rows = Golden.Read("tables/patterns/bracket.txt", new ReadOptions { LabelPattern = @"^\[(?<label>\w+)/(?<group>\w+)\]" });

        Assert.Equal(Labels, rows.LabelNames());
        Assert.Equal(Enumerable.Range(0, Labels.Length).Select(row => $"g{row % 3}"), rows.Groups!.Names());
        Assert.Equal(Notes, rows.Texts("text"));
    }

    [Fact]
    public void ALabelInAFilesName_IsThatOfAllItsRows()
    {
        string[] files = [Repository.Golden("tables", "patterns", "yes-1.csv"), Repository.Golden("tables", "patterns", "no-1.csv")];
        var options = new ReadOptions { LabelPattern = @"(?<label>yes|no)-(?<group>\d)\.csv$", Drop = ["label"] };
        using IRowSource source = DataFiles.Open(files, options);

        DataChunk rows = source.ReadAll();

        int[] order = [.. Enumerable.Range(0, Labels.Length).OrderBy(row => Labels[row] is "yes" ? 0 : 1)];
        Assert.Equal(order.Select(row => Labels[row]), rows.LabelNames());
        Assert.Equal(Enumerable.Repeat("1", Labels.Length), rows.Groups!.Names());
        foreach (string name in KnownRows.Names[..^1])
            Assert.Equal(order.Select(row => KnownRows.Cells(name)[row]), rows.Cells(name));
    }
}
