using System.Text;
using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Delimited;

/// <summary>Which line is the header, and what stands above it.</summary>
public sealed class HeaderDetectorTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("v1,v2,,\nham,\"see you\",,\nspam,\"win a prize\",,\nham,\"at home now\",,\n", "v1", "v1,v2,column 3,column 4")]
    [InlineData("2019,2020,outcome\n1,2,a\n3,4,b\n", "outcome", "2019,2020,outcome")]
    [InlineData("How are you?,Do you come again?,stay\nvery,No,leaves\nvery,Yes,stays\n", "stay", "How are you?,Do you come again?,stay")]
    [InlineData("Report of March\n\nsize,kind\n1.5,a\n2.5,b\n3.5,a\n", "kind", "size,kind")]
    [InlineData("sep=;\nsize;kind\n1,5;a\n2,5;b\n", "kind", "size,kind")]
    [InlineData("\"sep=,\"\nsize,kind\n1.5,a\n2.5,b\n", "kind", "size,kind")]
    [InlineData("first,,second,\nsize,weight,length,kind\n1,2,3,a\n4,5,6,b\n", "kind", "size,weight,length,kind")]
    public void ARoleThatAnOptionNames_SettlesIt(string text, string label, string names)
    {
        using IRowSource source = scratch.Source("data.csv", text, new ReadOptions { Label = label });
        Assert.Equal(names.Split(','), source.Columns);
    }

    [Theory]
    [InlineData("Export of 3 March\nby the clerk\nsize,weight,kind\n1.5,2,a\n2.5,3,b\n3.5,4,a\n4.5,5,b\n5.5,6,b\n", "size,weight,kind", 5)]
    [InlineData("Group A,,Group B,\nsize,weight,length,kind\n1,2,3,a\n4,5,6,b\n7,8,9,a\n", "size,weight,length,kind", 3)]
    [InlineData("sep=;\nGewicht;Sorte\n2,30;Apfel\n3,65;Birne\n", "Gewicht,Sorte", 2)]
    [InlineData("size,kind\n1.5,a\n2.5,b\n", "size,kind", 2)]
    [InlineData("1.5,a\n2.5,b\n3.5,a\n", "column 1,column 2", 3)]
    public void WithoutARole_WhatStandsAboveTheTableIsSkippedWhereThatIsClear(string text, string names, int rows)
    {
        using IRowSource source = scratch.Source("data.csv", text, new ReadOptions { Label = "-1" });
        Assert.Equal(names.Split(','), source.Columns);
        Assert.Equal(rows, source.ReadAll().Rows);
    }

    [Fact]
    public void LinesToSkip_AreSkippedAndNotGuessed()
    {
        var skipping = new ReadOptions { Label = "kind", SkipLines = 2 };
        using IRowSource source = scratch.Source("data.csv", "x,1\ny,2\nsize,kind\n1,a\n2,b\n", skipping);
        Assert.Equal(["size", "kind"], source.Columns);
        Assert.Equal([1.0, 2], source.ReadAll().Numbers("size"));
        Assert.Contains("line 4", scratch.Refusal<InvalidDataException>(
            "bad.csv", "x\ny\nsize,kind,\n1\n", skipping with { Separator = "," }), StringComparison.Ordinal);
    }

    [Fact]
    public void AHeaderWithOneNameLessThanTheRowsHaveCells_IsNoPreamble() =>
        Assert.Contains("line 2 has 3 cells", scratch.Refusal<InvalidDataException>(
            "r.csv", "size,kind\n1,2.5,a\n2,3.5,b\n3,4.5,a\n4,5.5,b\n", new ReadOptions { Label = "kind" }), StringComparison.Ordinal);

    [Fact]
    public void QuestionsAreNames_WhereTheAnswersBelowAreUnlikeThem()
    {
        var text = new StringBuilder("How satisfied are you with it?,Would you recommend it?,stay\n");
        for (int row = 0; row < 40; row++)
            text.Append($"{(row % 3 == 0 ? "very" : "not at all")},{(row % 2 == 0 ? "Yes,stays" : "No,leaves")}\n");

        using IRowSource source = scratch.Source("survey.csv", text.ToString(), new ReadOptions { Label = "-1" });
        Assert.Equal("stay", source.LabelName);
    }

    [Fact]
    public void AFileSplitBySemicolons_KeepsItsDecimalCommas()
    {
        const string Rows = "8,5;2,5;pass\n9,5;1,0;pass\n3,5;1,5;fail\n";
        DataChunk rows = scratch.Rows("d.csv", $"note;hours;result\n{Rows}", new ReadOptions { Label = "-1" });
        Assert.Equal([8.5, 9.5, 3.5], rows.Numbers("note"));
        DataChunk headless = scratch.Rows("d.csv", Rows, new ReadOptions { Label = "-1" });
        Assert.Equal([2.5, 1, 1.5], headless.Numbers("column 2"));
    }
}
