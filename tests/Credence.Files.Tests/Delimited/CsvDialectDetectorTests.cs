using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Delimited;

public sealed class CsvDialectDetectorTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData(' ')]
    public void TheSeparatorIsFound(char separator)
    {
        string text = "height,width,class\n1.5,2,a\n2.5,3,b\n0.25,7,a\n".Replace(',', separator);
        using IRowSource source = scratch.Source("data.txt", text, new ReadOptions { Label = "class" });
        Assert.Equal(["height:Number", "width:Number"], source.Kinds());
        DataChunk rows = source.ReadAll();
        Assert.Equal([1.5, 2.5, 0.25], rows.Numbers("height"));
        Assert.Equal([2.0, 3, 7], rows.Numbers("width"));
        Assert.Equal(["a", "b", "a"], rows.LabelNames());
        Assert.Contains(source.Notes, note => note.Contains("(ReadOptions.Separator)", StringComparison.Ordinal));
        Assert.Contains(source.Notes, note =>
            note.Contains("the first line names the columns (ReadOptions.HasHeader = false)", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIsSaidIsNotGuessed()
    {
        var options = new ReadOptions { Separator = ";", HasHeader = false };
        using IRowSource source = scratch.Source("data.csv", "a,1;b\nc,2;d\ne,3;f\n", options);
        Assert.Equal(["column 1", "column 2"], source.Columns);
        Assert.Equal(3, source.ReadAll().Rows);
        Assert.DoesNotContain(source.Notes, note =>
            note.Contains("ReadOptions.Separator", StringComparison.Ordinal) || note.Contains("HasHeader", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutNamesColumnsGoByNumber()
    {
        DataChunk rows = scratch.Rows("iris.data", "5.1,3.5,Iris-setosa\n4.9,3.0,Iris-setosa\n6.3,3.3,Iris-virginica\n",
            new ReadOptions { Label = "-1" });
        Assert.Equal([5.1, 4.9, 6.3], rows.Numbers("column 1"));
        Assert.Equal(["Iris-setosa", "Iris-setosa", "Iris-virginica"], rows.LabelNames());
    }
}
