using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Json;

/// <summary>JSON lines as Python's json writes them: tools/golden/tables.py.</summary>
public class JsonLinesFileTests
{
    [Theory]
    [InlineData("ascii.jsonl")]
    [InlineData("unicode.jsonl")]
    [InlineData("absent.jsonl")]
    public void EveryCell_IsReadAsItWasWritten(string file) => KnownRows.Check(file, new ReadOptions { Label = "label" });

    [Fact]
    public void FieldsOfInnerObjectsAndNumbersOfLists_AreColumns()
    {
        DataChunk rows = Golden.Read("tables/nested.jsonl", new ReadOptions { Label = "label" });

        Assert.Equal(KnownRows.Cells("price"), rows.Cells("inner.price"));
        Assert.Equal(KnownRows.Cells("count"), rows.Cells("inner.deep.count"));
        Assert.Equal(KnownRows.Cells("count"), rows.Cells("point[0]"));
        Assert.Equal(KnownRows.Cells("price"), rows.Cells("point[1]"));
        Assert.Null(rows.Features.Find("point[2]"));
        Assert.Equal(KnownRows.Cells("label").Select(label => label is "yes" ? "true" : "false"), rows.Cells("good"));
        Assert.Equal(KnownRows.Cells("label"), rows.LabelNames());
    }
}
