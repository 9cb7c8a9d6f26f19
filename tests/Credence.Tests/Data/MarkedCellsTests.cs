using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Tests.Data;

public class MarkedCellsTests
{
    private static readonly DataLayout Layout = new() { IsNamed = true, Columns = [], Missing = ["-999", "none"] };

    [Fact]
    public void NumbersAndCategoriesThatAreMarkers_BecomeMissing()
    {
        var table = new Table(
        [
            new NumberColumn("n", [1, -999, double.NaN]), CategoryColumn.FromNames("c", ["a", "none", null]),
            TextColumn.FromStrings("t", ["none", "-999", "a"]),
        ]);

        Table read = MarkedCells.AsMissing(table, Layout);

        Assert.Equal([1, double.NaN, double.NaN], ((NumberColumn)read.Columns[0]).Values.ToArray());
        Assert.Equal(["a", null, null], read.Columns[1].Texts()!);
        Assert.Equal(["none", "-999", "a"], read.Columns[2].Texts()!);
        Assert.Equal([1, -999, double.NaN], ((NumberColumn)table.Columns[0]).Values.ToArray());
    }

    [Fact]
    public void WithoutMarkers_TheTableIsTheSame()
    {
        var table = new Table([new NumberColumn("n", [1, -999])]);

        Assert.Same(table, MarkedCells.AsMissing(table, null));
        Assert.Same(table, MarkedCells.AsMissing(table, Layout with { Missing = [""] }));
    }
}
