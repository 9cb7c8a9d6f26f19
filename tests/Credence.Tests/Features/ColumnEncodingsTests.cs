using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Features;
using Credence.Features.Columns;
using Credence.Persistence;

namespace Credence.Tests.Features;

public class ColumnEncodingsTests
{
    [Fact]
    public void Of_EveryKind_IsOneEntryWithANameOfItsOwn()
    {
        ColumnEncoding[] encodings = [.. Enum.GetValues<ColumnKind>().Select(ColumnEncodings.Of)];
        Assert.Equal(Enum.GetValues<ColumnKind>(), encodings.Select(encoding => encoding.Kind));
        Assert.Equal(encodings.Length, encodings.Select(encoding => encoding.Name).Distinct().Count());
        Assert.Equal(encodings.Length, encodings.Select(encoding => encoding.Plural).Distinct().Count());
    }

    [Fact]
    public void Load_OfAnUnknownKind_NamesIt() => Assert.Equal(
        "The model's description has a column of kind 'graph', which this version does not know.",
        Assert.Throws<InvalidDataException>(
            () => ColumnEncodings.Load(new JsonObject { ["kind"] = "graph" }, new NamedTensors(), "")).Message);

    [Theory]
    [InlineData(0, "column 'x' holds text: read as numbers, 1 of 4 cells can't be read and count as missing")]
    [InlineData(1, "column 'x' holds categories: read as numbers")]
    [InlineData(2, "column 'x' is absent: treated as missing in every row")]
    public void Transform_OfAnotherKind_ReadsItWhereItCan(int table, string said)
    {
        IColumn other = new NumberColumn("y", [4, 5, 6, 7]);
        FeaturePipeline pipeline = FeaturePipeline.Fit(new Table([new NumberColumn("x", [1, 2, 3, double.NaN]), other]));
        Table[] tables =
        [
            new([TextColumn.FromStrings("x", ["1", "2", "three", ""]), other]),
            new([CategoryColumn.FromNames("x", ["1", "2", "3", null]), other]),
            new([other]),
        ];
        var notes = new List<string>();
        pipeline.Apply(tables[table], notes, 1, allowAbsentColumns: true, out _, TestContext.Current.CancellationToken);
        Assert.Equal([said], notes);
    }

    [Fact]
    public void Transform_WithoutAColumn_IsAnError()
    {
        IColumn other = new NumberColumn("y", [4, 5, 6]);
        FeaturePipeline pipeline = FeaturePipeline.Fit(new Table([new NumberColumn("x", [1, 2, 3]), other]));
        Assert.StartsWith(
            "Column 'x' is absent, but the model requires it; there are 'y'.",
            Assert.Throws<InvalidDataException>(() => pipeline.Apply(new Table([other]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_OfAKindThatCannotBeRead_SaysBoth()
    {
        FeaturePipeline pipeline = FeaturePipeline.Fit(new Table([new NumberColumn("x", [1, 2, 3])]));
        Assert.Equal(
            "Column 'x' holds dates; the model was trained on numbers.",
            Assert.Throws<InvalidDataException>(() => pipeline.Apply(new Table([new DateColumn("x", [1, 2, 3])]))).Message);
    }
}
