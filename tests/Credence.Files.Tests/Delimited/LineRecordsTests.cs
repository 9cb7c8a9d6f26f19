using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Delimited;

/// <summary>Lines as Python wrote them: tools/golden/tables.py.</summary>
public class LineRecordsTests
{
    private static readonly string[] Notes =
        [.. KnownRows.Cells("note").Select(note => ((string)note!).Replace('\n', ' ').Replace('\t', ' '))];

    [Fact]
    public void ALine_IsCutAtItsFirstSeparatorsOnly()
    {
        var options = new ReadOptions { Separator = "space", Columns = 2, Label = "1", Text = "2", HasHeader = false };

        DataChunk rows = Golden.Read("tables/patterns/split.txt", options);

        Assert.Equal(Notes, rows.Texts("column 2"));
        Assert.Equal(KnownRows.Cells("label"), rows.LabelNames());
    }

    [Fact]
    public void ALine_IsOneText_WithItsLabelInAnotherFile()
    {
        var options = new ReadOptions { Kind = "text", HasHeader = false, LabelsFile = Repository.Golden("tables", "labels", "lines.txt") };

        DataChunk rows = Golden.Read("tables/patterns/split.txt", options);

        Assert.Equal(Notes.Zip(KnownRows.Cells("label"), (note, label) => $"{label} {note}"), rows.Texts("text"));
        Assert.Equal(KnownRows.Cells("label"), rows.LabelNames());
    }
}
