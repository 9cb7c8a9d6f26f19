using System.Globalization;
using System.Text;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Records;

/// <summary>How numbers, dates and codes of whole columns are read.</summary>
public sealed class CellFormatTests : IDisposable
{
    private static readonly ReadOptions Labelled = new() { Label = "y" };
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("a;b\n1,5;x\n2,25;y\n", "1234,5", new[] { 1.5, 2.25 })]
    [InlineData("a;b\n1.234,5;x\n12;y\n", "1.234,5", new[] { 1234.5, 12 })]
    [InlineData("a,b\n\"82,444\",x\n\"1,000\",y\n", "1,234.5", new[] { 82444.0, 1000 })]
    [InlineData("a,b\n\"1,444\",x\n\"0,300\",y\n", "1234,5", new[] { 1.444, 0.3 })]
    [InlineData("a;b\n1 000;x\n20 000,5;y\n", "1 234,5", new[] { 1000, 20000.5 })]
    [InlineData("a;b\n1'000;x\n20.5;y\n", "1'234.5", new[] { 1000, 20.5 })]
    [InlineData("a;b\n5 %;x\n17%;y\n", "1234.5", new[] { 5.0, 17 })]
    [InlineData("a;b\n€ 3,5;x\n12,25 €;y\n", "1234,5", new[] { 3.5, 12.25 })]
    [InlineData("a;b\n1.5;x\n2;y\n", null, new[] { 1.5, 2 })]
    public void Numbers_AreReadAsTheColumnIsWritten(string text, string? format, double[] expected)
    {
        using IRowSource source = scratch.Source("data.csv", text, new ReadOptions { Label = "b" });

        Assert.Equal(format, source.Layout!.Find("a")!.Format);
        Assert.Equal(expected, source.ReadAll().Numbers("a"));
    }

    [Fact]
    public void TheOtherColumns_SettleWhatOneLeavesOpen()
    {
        using IRowSource comma = scratch.Source("comma.csv", "p;q;y\n1.234;2,5;a\n2.000;3,5;b\n", Labelled);
        using IRowSource point = scratch.Source("point.csv", "p;q;y\n\"1,234\";2.5;a\n\"2,000\";3.5;b\n", Labelled);

        Assert.Equal([1234.0, 2000], comma.ReadAll().Numbers("p"));
        Assert.Equal([1234.0, 2000], point.ReadAll().Numbers("p"));
        Assert.Equal([1.234, 2.0], scratch.Rows("comma.csv", "p;q;y\n1.234;5;a\n2.000;6;b\n", Labelled).Numbers("p"));
    }

    [Fact]
    public void AnOption_SettlesTheSignOfDecimals()
    {
        const string Text = "p;y\n1.234;a\n2.000;b\n";
        Assert.Equal([1234.0, 2000], scratch.Rows("p.csv", Text, Labelled with { Decimal = ',' }).Numbers("p"));
        Assert.Equal([1.234, 2], scratch.Rows("p.csv", Text, Labelled with { Decimal = '.' }).Numbers("p"));
        Assert.Contains("must be . or ,", scratch.Refusal<ArgumentException>("p.csv", Text, Labelled with { Decimal = ';' }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void TwoCurrencies_AreNoNumbers()
    {
        using IRowSource source = scratch.Source("p.csv", "p,y\n€5,a\n$5,b\n€5,a\n$7,b\n", Labelled);

        Assert.Equal(["p:Category"], source.Kinds());
        Assert.Contains("two kinds", Assert.Single(source.Notes, note => note.Contains("names", StringComparison.Ordinal)
            && note.Contains("'p'", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("15/08/2022,09/08/2022", "dmy", "2022-08-15,2022-08-09")]
    [InlineData("08/15/2022,08/09/2022", null, "2022-08-15,2022-08-09")]
    [InlineData("15-08-22,09-08-22", "dmy", "2022-08-15,2022-08-09")]
    [InlineData("08-15-2022,08-09-2022", "mdy", "2022-08-15,2022-08-09")]
    [InlineData("3. März 2024,12. Dez. 2023", null, "2024-03-03,2023-12-12")]
    [InlineData("March 3 2024,Oct 12 2023", null, "2024-03-03,2023-10-12")]
    [InlineData("3-Okt-24,12-Mai-99", null, "2024-10-03,1999-05-12")]
    [InlineData("24/12/31,99/01/02", "ymd", "2024-12-31,1999-01-02")]
    [InlineData("31.12.2024 14:30,01.02.2024 00:05", null, "2024-12-31 14:30,2024-02-01 00:05")]
    [InlineData("31/12/2024 2:30 PM,01/02/2024 12:05 AM", "dmy", "2024-12-31 14:30,2024-02-01 00:05")]
    public void Dates_AreReadInTheOrderThatTheWholeColumnShows(string cells, string? format, string expected)
    {
        string text = "d;y\n" + string.Concat(cells.Split(',').Select((cell, i) => $"{cell};{"ab"[i]}\n"));
        using IRowSource source = scratch.Source("d.csv", text, Labelled);

        Assert.Equal(format, source.Layout!.Find("d")!.Format);
        Assert.Equal(expected.Split(',').Select(day => DateTime.Parse(day, CultureInfo.InvariantCulture)), Dates(source.ReadAll(), "d"));
    }

    [Fact]
    public void AnotherColumnOrAnOption_SettlesTheOrderThatNoDayShows()
    {
        const string Text = "d,e,y\n03/04/2024,31/01/2024,a\n05/06/2024,01/02/2024,b\n", Alone = "d,y\n03/04/2024,a\n05/06/2024,b\n";
        DateTime[] first = [new(2024, 4, 3), new(2024, 6, 5)], custom = [new(2024, 3, 4), new(2024, 5, 6)];

        Assert.Equal(first, Dates(scratch.Rows("d.csv", Text, Labelled), "d"));
        Assert.Equal(first, Dates(scratch.Rows("d.csv", Alone, Labelled with { DateOrder = "dmy" }), "d"));
        using IRowSource source = scratch.Source("d.csv", Alone, Labelled);
        Assert.Equal(custom, Dates(source.ReadAll(), "d"));
        Assert.Contains(source.Notes, note => note.Contains("(ReadOptions.DateOrder)", StringComparison.Ordinal));
        Assert.Contains("dmy, mdy and ymd", scratch.Refusal<ArgumentException>("d.csv", Alone, Labelled with { DateOrder = "x" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_AreNamesOfTheirOwn()
    {
        using IRowSource source = scratch.Source("c.csv", "zip,y\n01234,a\n1234,b\n01234,a\n99999,b\n", Labelled);

        Assert.Equal(["zip:Category"], source.Kinds());
        Assert.Equal(["01234", "1234", "01234", "99999"], source.ReadAll().Categories("zip"));
        Assert.Contains("'01234' begins with 0", source.Layout!.Find("zip")!.Reason, StringComparison.Ordinal);
        Assert.Equal("ReadOptions.Number", source.Layout.Find("zip")!.Remedy);
    }

    [Fact]
    public void LongIdentifiers_AreToldApartByTheirText()
    {
        var text = new StringBuilder("id,x,y\n");
        for (int row = 0; row < 30; row++)
            text.Append($"10000000000000{row:0000},{row % 4 / 2.0},{"ab"[row % 2]}\n");

        using IRowSource source = scratch.Source("c.csv", text.ToString(), Labelled);

        Assert.Equal(["x:Number"], source.Kinds());
        Assert.Equal(ColumnReading.LeftOut, source.Layout!.Find("id")!.Role);
        Assert.Equal("an identifier, distinct in every row", source.Layout.Find("id")!.Reason);
        Assert.Equal(30, scratch.Rows("c.csv", text.ToString(), Labelled with { Category = ["id"] }).Categories("id").Distinct().Count());
    }

    [Fact]
    public void OptionsSay_WhatIsACategoryAndWhatANumber()
    {
        const string Text = "ward,zip,y\n1,01,a\n2,02,b\n1,03,a\n";
        using IRowSource source = scratch.Source("c.csv", Text, Labelled with { Category = ["ward"], Number = ["2"] });

        Assert.Equal(["ward:Category", "zip:Number"], source.Kinds());
        Assert.Equal([1.0, 2, 3], source.ReadAll().Numbers("zip"));
        Assert.Contains("no such column", scratch.Refusal<ArgumentException>("c.csv", Text, Labelled with { Category = ["word"] }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void RowsForAModel_AreReadAsItsTrainingRowsWere()
    {
        using IRowSource trained = scratch.Source("t.csv", "p;d;y\n2,5;31/12/2024;a\n3,5;30/11/2024;b\n", Labelled);
        var reading = new ReadOptions { Layout = trained.Layout };

        DataChunk rows = scratch.Rows("new.csv", "p;d\n9;01/02/2024\n1,25;02/03/2024\n", reading, trained.Schema);
        Assert.Equal([9, 1.25], rows.Numbers("p"));
        Assert.Equal([new DateTime(2024, 2, 1), new DateTime(2024, 3, 2)], Dates(rows, "d"));
        Assert.Equal([2.5], scratch.Rows("new.jsonl", """{"p": 2.5, "d": "01/02/2024"}""", reading, trained.Schema).Numbers("p"));
        Assert.Equal(
            "new.csv line 2, column 'p': '2.5' is not a number written like 1234,5. It is one written like 1234.5: "
                + "set ReadOptions.Decimal to '.'.",
            scratch.Refusal<InvalidDataException>("new.csv", "p;d\n2.5;01/02/2024\n", reading, trained.Schema));
    }

    private static DateTime[] Dates(DataChunk chunk, string name) =>
        [.. Assert.IsType<DateColumn>(chunk.Features.Find(name)).Ticks.ToArray().Select(ticks => new DateTime(ticks))];
}
