using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Tests.Data;

/// <summary>Objects as rows.</summary>
public class TableFromTests
{
    private enum Size
    {
        Small,
        Large,
    }

    [Fact]
    public void EachProperty_BecomesAColumnOfItsType()
    {
        Order[] orders =
        [
            new()
            {
                Price = 12.5m, Pieces = 3, Urgent = true, Size = Size.Large, On = new DateOnly(2026, 1, 31), Sent = null, Country = "NL",
                Note = "please ring twice", Embedding = [1, 2], Half = (Half)0.5, Took = TimeSpan.FromMinutes(2), Letter = 'x',
            },
            new()
            {
                Price = null, Pieces = -4, Urgent = false, Size = Size.Small, On = new DateOnly(1999, 12, 1),
                Sent = new DateTime(2020, 2, 3, 4, 5, 6), Country = null, Note = "leave it with the neighbours", Embedding = null,
                Half = (Half)2, Took = TimeSpan.Zero, Letter = 'y',
            },
        ];

        var table = Table.From(orders);

        Assert.Equal(12, table.Columns.Count);
        Assert.Equal([12.5, double.NaN], Of<NumberColumn>("Price").Values.ToArray());
        Assert.Equal([3.0, -4], Of<NumberColumn>("Pieces").Values.ToArray());
        Assert.Equal([0.5, 2], Of<NumberColumn>("Half").Values.ToArray());
        Assert.Equal([120.0, 0], Of<NumberColumn>("Took").Values.ToArray());
        Assert.Equal<string?>(["true", "false"], Of<CategoryColumn>("Urgent").Texts());
        Assert.Equal<string?>(["Large", "Small"], Of<CategoryColumn>("Size").Texts());
        Assert.Equal<string?>(["x", "y"], Of<CategoryColumn>("Letter").Texts());
        Assert.Equal<string?>(["NL", null], Of<CategoryColumn>("Country").Texts());
        Assert.Equal<string?>(["2026-01-31", "1999-12-01"], Of<DateColumn>("On").Texts());
        Assert.Equal<string?>([null, "2020-02-03T04:05:06"], Of<DateColumn>("Sent").Texts());
        Assert.Equal("please ring twice", Of<TextColumn>("Note")[0]);
        Assert.Equal([1, 2, float.NaN, float.NaN], Of<VectorColumn>("Embedding").Values.ToArray());

        T Of<T>(string name) => Assert.IsType<T>(table.Find(name));
    }

    [Fact]
    public void Kinds_AndExceptions_AreTheCallers()
    {
        var rows = new[] { new { Id = Guid.Empty, Code = 7, Word = "a b c" }, new { Id = Guid.Empty, Code = 12, Word = "d e f" } };

        var table = Table.From(
            rows,
            new ObjectOptions
            {
                Except = ["Id"],
                Kinds = new Dictionary<string, ColumnKind> { ["Code"] = ColumnKind.Category, ["Word"] = ColumnKind.Category },
            });

        Assert.Equal(["Code", "Word"], table.Columns.Select(column => column.Name));
        Assert.Equal<string?>(["7", "12"], Assert.IsType<CategoryColumn>(table.Find("Code")).Texts());
        Assert.IsType<CategoryColumn>(table.Find("Word"));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Table.From(rows));
        Assert.Contains("'Id'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Guid", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Table.From<string[]?>([null]));
    }

    [Fact]
    public void SingleValues_AreOneColumn()
    {
        Assert.Equal([1.0, 2], Assert.IsType<NumberColumn>(Table.From([1, 2]).Columns[0]).Values.ToArray());
        Assert.Equal(2, Assert.IsType<VectorColumn>(Table.From([[1, 2], new double[] { 3, 4 }]).Columns[0]).Width);
        Assert.Contains(
            "Row 1 (counted from 0) has 1 numbers", Assert.Throws<ArgumentException>(() => Table.From([[1, 2], new float[] { 3 }])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ADataSet_TakesItsLabelsWeightsAndGroupsFromProperties()
    {
        var rows = new[]
        {
            new { X = 1.0, Kind = "b", Weight = 2.0, Person = "p" }, new { X = 2.0, Kind = "a", Weight = 1.0, Person = "q" },
            new { X = 3.0, Kind = (string)null!, Weight = 1.0, Person = "p" },
        };

        var data = DataSet.From(rows, "Kind", new ObjectOptions { Weight = "Weight", Group = "Person" });

        Assert.Equal(["X"], data.Features.Columns.Select(column => column.Name));
        Assert.Equal(["a", "b"], data.Labels!.Names);
        Assert.Equal([1, 0, Labels.Missing], data.Labels.Indices.ToArray());
        Assert.Equal([2.0, 1, 1], data.Weights!);
        Assert.Equal([0, 1, 0], data.Groups!);
        Assert.Contains("has no public property 'Sort'", Assert.Throws<ArgumentException>(() => DataSet.From(rows, "Sort")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DataSet(data.Features, new Labels([0], ["a"])));
    }

    [Fact]
    public void SeveralLabels_AreAPropertyOfStrings()
    {
        var rows = new[] { new { X = 1.0, Tags = new List<string> { "b", "a" } }, new { X = 2.0, Tags = new List<string>() } };

        var data = DataSet.From(rows, "Tags");

        Assert.Null(data.Labels);
        Assert.Equal(["a", "b"], data.LabelSets!.Names);
        Assert.Equal([0, 1], data.LabelSets[0].ToArray());
        Assert.Empty(data.LabelSets[1].ToArray());
    }

    [Fact]
    public void Labels_InTheOrderGiven_RefuseAnotherName()
    {
        Assert.Equal([1, Labels.Missing, 0], Labels.From(["no", null, "yes"], ["yes", "no"]).Indices.ToArray());
        Assert.Equal(["2", "10"], Labels.From(["10", "2"]).Names);
        Assert.Contains("'maybe'", Assert.Throws<ArgumentException>(() => Labels.From(["maybe"], ["yes", "no"])).Message,
            StringComparison.Ordinal);
    }

    private sealed class Order
    {
        public decimal? Price { get; init; }

        public int Pieces { get; init; }

        public bool Urgent { get; init; }

        public Size Size { get; init; }

        public DateOnly On { get; init; }

        public DateTime? Sent { get; init; }

        public string? Country { get; init; }

        public string Note { get; init; } = "";

        public float[]? Embedding { get; init; }

        public Half Half { get; init; }

        public TimeSpan Took { get; init; }

        public char Letter { get; init; }

        public string this[int index] => Note[index..];
    }
}
