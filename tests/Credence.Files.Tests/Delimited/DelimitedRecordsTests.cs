using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Delimited;

public sealed class DelimitedRecordsTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void QuotedCellsMayHoldSeparatorsQuotesAndLineEnds()
    {
        string text = "text,label\n\"a, b\",x\n\"she said \"\"no\"\"\",y\n\"two\nlines\",x\n";
        DataChunk rows = scratch.Rows("data.csv", text, new ReadOptions { Label = "label", Text = "text" });
        Assert.Equal(["a, b", "she said \"no\"", "two\nlines"], rows.Texts("text"));
        Assert.Equal(["x", "y", "x"], rows.LabelNames());
    }

    [Fact]
    public void LinesAreCountedThroughLineEndsInCells()
    {
        DataChunk rows = scratch.Rows("data.csv", "text,label\n\"two\nlines\",x\nlast one,y\n",
            new ReadOptions { Label = "label", Text = "text" });
        Assert.EndsWith("data.csv line 2", rows.PlaceOf(0).ToString(), StringComparison.Ordinal);
        Assert.EndsWith("data.csv line 4", rows.PlaceOf(1).ToString(), StringComparison.Ordinal);
        Assert.EndsWith("data.csv line 4", rows.ToDataSet().Select([1]).PlaceOf(0), StringComparison.Ordinal);
    }

    [Fact]
    public void ARaggedRowIsRefusedWithItsLineAndWidth()
    {
        string message = scratch.Refusal<InvalidDataException>("data.csv", "a,b,c\n1,2,x\n3,4,y\n5,z\n"
            + string.Concat(Enumerable.Repeat("7,8,x\n", 20)), new ReadOptions { Label = "c" });
        Assert.Equal("data.csv line 4 has 2 cells; 3 are needed, as in the header. Is the separator right (ReadOptions.Separator, "
            + "ReadOptions.Quote, ReadOptions.Columns)?", message);
    }
}
