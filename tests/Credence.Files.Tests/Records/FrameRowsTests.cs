using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Records;

/// <summary>Lines that look like rows and are none.</summary>
public sealed class FrameRowsTests : IDisposable
{
    private const string Rows = "1.5,3,red,a\n2.5,4,blue,b\n3.5,5,red,a\n";
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void AFooterOfTotals_IsLeftOut_AndSaid()
    {
        using IRowSource source = scratch.Source("t.csv", $"x,y,colour,label\n{Rows}\nTotal,12,,\n", new ReadOptions { Label = "label" });
        DataChunk rows = source.ReadAll();

        Assert.Equal([1.5, 2.5, 3.5], rows.Numbers("x"));
        Assert.Equal(["a", "b", "a"], rows.LabelNames());
        Assert.Contains(source.Notes, note => note.Contains("line 6 is a footer, 'Total', and is left out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("name,x,label\nTotal,1,a\nShell,2,b\nTotal,3,a\n", 3)]
    [InlineData("name,x,label\nShell,1,a\nTotal,2,b\nShell,3,a\n", 3)]
    public void ATotalAmongTheRows_IsARow(string text, int count)
    {
        using IRowSource source = scratch.Source("t.csv", text, new ReadOptions { Label = "label" });

        Assert.Equal(count, source.ReadAll().Rows);
    }

    [Theory]
    [InlineData("x,y,colour,label\ncm,kg,,\n")]
    [InlineData("x,y,colour,label\n[cm],[kg],name,class\n")]
    public void ALineOfUnits_IsLeftOut_InTrainingAndInPrediction(string head)
    {
        using IRowSource source = scratch.Source("t.csv", head + Rows, new ReadOptions { Label = "label" });
        DataChunk rows = source.ReadAll();

        Assert.Equal([3.0, 4, 5], rows.Numbers("y"));
        Assert.Equal(3, rows.Rows);
        Assert.Contains(source.Notes, note => note.Contains("a line of units", StringComparison.Ordinal));
        var reading = new ReadOptions { Layout = source.Layout };
        Assert.Equal([1.5, 2.5, 3.5], scratch.Rows("new.csv", head + Rows, reading, source.Schema).Numbers("x"));
    }

    [Theory]
    [InlineData("x,colour,label\nold,red,a\n2,blue,b\n3,red,a\n4,red,b\n")]
    [InlineData("x,y,label\n-,4,a\n2,5,b\n3,6,a\n4,7,b\n")]
    public void AnOddCellInTheFirstRow_IsNoUnit(string text)
    {
        using IRowSource source = scratch.Source("t.csv", text, new ReadOptions { Label = "label" });

        Assert.Equal(4, source.ReadAll().Rows);
    }
}
