using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Tests.Data;

public class DataLayoutTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatIsSaved_IsReadBack(bool isNamed)
    {
        string[] names = isNamed ? ["a", "b", "c"] : ["column 1", "column 2", "column 3"];
        var layout = new DataLayout
        {
            IsNamed = isNamed,
            Columns =
            [
                new(names[0], ColumnReading.Label) { Kind = ColumnKind.Category },
                new(names[1], ColumnReading.Feature) { Format = "1.234,5", Reason = "why" },
                new(names[2], ColumnReading.LeftOut),
            ],
            LabelSeparator = "|",
            Missing = ["-999", "none"],
        };

        DataLayout read = DataLayout.Load((JsonObject)JsonNode.Parse(layout.Save().ToJsonString())!);

        Assert.Equal(isNamed, read.IsNamed);
        Assert.Equal("|", read.LabelSeparator);
        Assert.Equal(["-999", "none"], read.Missing);
        Assert.Equal([names[0]], read.Labels);
        Assert.Equal(names, read.Columns.Select(column => column.Name));
        Assert.Equal(["label", "feature", "left_out"], read.Columns.Select(column => column.Role));
        Assert.Equal([null, "1.234,5", null], read.Columns.Select(column => column.Format));
        Assert.Null(read.Columns[1].Reason);
    }

    [Theory]
    [InlineData("""{"named":true,"columns":2,"names":["a"],"roles":[],"formats":[]}""")]
    [InlineData("""{"named":false,"columns":-1,"roles":[],"formats":[]}""")]
    [InlineData("""{"named":false,"columns":2,"roles":[{"column":2,"role":"label"}],"formats":[]}""")]
    public void WhatContradictsItself_IsRefused(string json) =>
        Assert.Throws<InvalidDataException>(() => DataLayout.Load((JsonObject)JsonNode.Parse(json)!));
}
