using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Splits;
using Credence.Numerics;

namespace Credence.Tests.Data.Splits;

public class RowRepeatsTests
{
    [Fact]
    public void Judge_OfCodesThatFixTheClass_IsAPopulation()
    {
        DataSet data = Rows(480, row => $"E{row % 24}", _ => 0, row => row % 24 / 5 % 2);

        RowRepeats repeats = RowRepeats.Judge(data);

        Assert.Equal(RepeatedRows.Population, repeats.Are);
        Assert.Equal(24, repeats.Distinct);
        Assert.Equal(456, repeats.Repeated);
    }

    [Fact]
    public void Judge_OfAFewFactsWithLabelsByChance_IsAPopulation()
    {
        var rng = new Rng(3);
        DataSet data = Rows(300, _ => $"c{rng.NextInt(6)}", _ => rng.NextInt(5), _ => rng.NextInt(2));

        Assert.Equal(RepeatedRows.Population, RowRepeats.Judge(data).Are);
    }

    [Fact]
    public void Judge_OfMeasurementsSomeOfThemTwice_IsCopies()
    {
        var rng = new Rng(4);
        double[] measured = [.. Enumerable.Range(0, 200).Select(_ => rng.NextNormal())];
        int Of(int row) => row < 200 ? row : (row - 200) * 3;
        DataSet data = Rows(260, row => Of(row) % 2 == 0 ? "a" : "b", row => measured[Of(row)], row => Of(row) % 3 % 2);

        RowRepeats repeats = RowRepeats.Judge(data);

        Assert.Equal(RepeatedRows.Copies, repeats.Are);
        Assert.Equal(60, repeats.Repeated);
        Assert.Equal("equal rows have equal labels", repeats.Reason);
    }

    [Fact]
    public void Judge_OfATableRepeatedAsAWhole_IsCopies()
    {
        var rng = new Rng(5);
        (string, double, int)[] table =
            [.. Enumerable.Range(0, 100).Select(_ => ($"c{rng.NextInt(6)}", rng.NextInt(40) / 4.0, rng.NextInt(2)))];
        DataSet data = Rows(300, row => table[row % 100].Item1, row => table[row % 100].Item2, row => table[row % 100].Item3);

        RowRepeats repeats = RowRepeats.Judge(data);

        Assert.Equal(RepeatedRows.Copies, repeats.Are);
        Assert.Equal("rows occur 3 times each or a multiple of it", repeats.Reason);
    }

    [Fact]
    public void Judge_OfADesignedExperiment_IsAPopulation()
    {
        // Every combination of 3 × 4 levels, six times.
        DataSet data = Rows(72, row => $"c{row % 3}", row => row / 3 % 4, row => (row * 7 % 11) % 2);

        Assert.Equal(RepeatedRows.Population, RowRepeats.Judge(data).Are);
    }

    [Fact]
    public void Judge_OfDistinctRows_SaysNothing()
    {
        RowRepeats repeats = RowRepeats.Judge(Rows(50, _ => "a", row => row, row => row % 2));

        Assert.Equal(0, repeats.Repeated);
        Assert.Null(repeats.Note);
    }

    [Theory]
    [InlineData(RepeatedRows.Copies)]
    [InlineData(RepeatedRows.Population)]
    public void Judge_TakesWhatTheCallerKnows(RepeatedRows asked) =>
        Assert.Equal(asked, RowRepeats.Judge(Rows(90, row => $"c{row % 9}", _ => 0, row => row % 2), asked).Are);

    [Fact]
    public void Stratified_OfAPopulation_PutsEqualRowsOnBothSides()
    {
        DataSet data = Rows(100, row => row % 2 == 0 ? "a" : "b", _ => 0, row => row % 4 / 2) with { Repeats = RepeatedRows.Population };

        Split split = Split.Stratified(data, 0.2, 1);

        Assert.Equal(20, split.Test.Length);
        Assert.Equal(98, split.Duplicates);
        Assert.Equal([0, 1], split.Test.Select(row => row % 2).Distinct().Order());
        Assert.Equal([0, 1], split.Train.Select(row => row % 2).Distinct().Order());
    }

    [Fact]
    public void Stratified_OfAPopulationWithGroups_KeepsGroupsTogether()
    {
        DataSet data = Rows(100, _ => "a", _ => 0, row => row % 2) with
        {
            Repeats = RepeatedRows.Population,
            Groups = [.. Enumerable.Range(0, 100).Select(row => row / 5)],
        };

        Split split = Split.Stratified(data, 0.2, 1);

        Assert.Empty(split.Test.Select(row => row / 5).Intersect(split.Train.Select(row => row / 5)));
    }

    private static DataSet Rows(int rows, Func<int, string> category, Func<int, double> number, Func<int, int> label)
    {
        int[] all = [.. Enumerable.Range(0, rows)];
        return new DataSet(
            new Table([
                CategoryColumn.FromNames("c", [.. all.Select(category)]),
                new NumberColumn("x", [.. all.Select(number)]),
            ]),
            new Labels([.. all.Select(label)], ["no", "yes"]));
    }
}
