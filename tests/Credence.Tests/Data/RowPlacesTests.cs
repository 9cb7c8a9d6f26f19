using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Tests.Data;

public class RowPlacesTests
{
    private static RowPlaces TwoFiles => RowPlaces.OfLines([(0, "a.csv"), (2, "b.csv")], [2, 5, 2, 3]);

    [Fact]
    public void Lines_AreThoseOfTheirFiles()
    {
        Assert.Equal(["a.csv line 2", "a.csv line 5", "b.csv line 2", "b.csv line 3"], Texts(TwoFiles));
        Assert.Equal(["made.npz row 7 (counted from 0)", "made.npz row 8 (counted from 0)"], Texts(RowPlaces.OfRows("made.npz", 7, 2)));
        Assert.Equal(["x.png", "y.png"], Texts(RowPlaces.OfNames(["x.png", "y.png"])));
        Assert.Empty(Texts(RowPlaces.OfLines([], [])));
    }

    [Fact]
    public void AFileWithoutRows_HasNone() =>
        Assert.Equal(["c.csv line 2"], Texts(RowPlaces.OfLines([(0, "empty.csv"), (0, "c.csv")], [2])));

    [Fact]
    public void SelectAndConcatenate_KeepEachRowsPlace()
    {
        RowPlaces some = TwoFiles.Select([3, 0, 0]);
        Assert.Equal(["b.csv line 3", "a.csv line 2", "a.csv line 2"], Texts(some));
        RowPlaces all = RowPlaces.Concatenate([some, RowPlaces.OfLines([(0, "b.csv")], [9]), RowPlaces.OfRows("made.npz", 0, 1),
            RowPlaces.OfNames(["x.png"])]);
        Assert.Equal([.. Texts(some), "b.csv line 9", "made.npz row 0 (counted from 0)", "x.png"], Texts(all));
        Assert.Empty(Texts(RowPlaces.Concatenate([TwoFiles.Select([])])));
    }

    [Fact]
    public void FirstRowsThatDoNotRise_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => RowPlaces.OfLines([(1, "a.csv")], [2, 3]));
        Assert.Throws<ArgumentException>(() => RowPlaces.OfLines([(0, "a.csv"), (2, "b.csv"), (1, "c.csv")], [2, 3, 4]));
    }

    [Fact]
    public void ADataSet_KeepsThePlacesOfTheRowsSelected()
    {
        var data = new DataSet(new Table([new NumberColumn("x", [1, 2, 3, 4])]), null);
        Assert.Equal("row 2 (counted from 0)", data.PlaceOf(2));
        Assert.Equal("b.csv line 2", (data with { Places = TwoFiles }).Select([0, 2]).PlaceOf(1));
    }

    private static string[] Texts(RowPlaces places) => [.. Enumerable.Range(0, places.Count).Select(row => places[row].ToString())];
}
