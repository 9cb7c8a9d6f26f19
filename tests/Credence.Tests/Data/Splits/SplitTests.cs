using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Splits;
using CsCheck;

namespace Credence.Tests.Data.Splits;

public class SplitTests
{
    /// <summary>Few distinct contents, classes and groups, so that duplicates and groups interlock.</summary>
    private static readonly Gen<DataSet> GenData =
        from rows in Gen.Int[2, 200]
        from contents in Gen.Int[0, 60].Array[rows]
        from classes in Gen.Int[-1, 3].Array[rows]
        from groups in Gen.Int[0, 80].Array[rows]
        from grouped in Gen.Bool
        select new DataSet(
            new Table([new NumberColumn("x", [.. contents.Select(c => (double)(c / 2))]),
                CategoryColumn.FromNames("c", [.. contents.Select(c => c % 2 == 0 ? "a" : null)])]),
            new Labels(classes, ["a", "b", "c", "d"]))
        {
            Groups = grouped ? groups : null,
        };

    [Fact]
    public void Stratified_KeepsEqualRowsAndGroupsOnOneSide() => GenData.Sample(data =>
    {
        RowUnits units = RowUnits.Compute(data);
        if (units.Count < 4)
            return;

        Split split;
        try
        {
            split = Split.Stratified(data, 0.4, 7);
        }
        catch (InvalidDataException)
        {
            return;
        }

        Assert.Equal(Enumerable.Range(0, data.Rows), split.Train.Concat(split.Test).Order());
        HashSet<int> train = [.. split.Train.Select(row => units.Units[row])];
        Assert.DoesNotContain(split.Test, row => train.Contains(units.Units[row]));
    });

    [Fact]
    public void Stratified_OfDistinctRows_TakesTheRoundedPartOfEveryClass() => Gen.Int[0, 4].Array[10, 300].Sample(classes =>
    {
        DataSet data = Distinct(classes);

        Split split = Split.Stratified(data, 0.2, 1);

        int[] all = data.Labels!.Counts(), test = data.Labels.Select(split.Test).Counts();
        for (int k = 0; k < all.Length; k++)
            Assert.InRange(test[k], (0.2 * all[k]) - 0.6, (0.2 * all[k]) + 0.6);
    });

    [Fact]
    public void Stratified_IsDecidedByItsSeedAlone()
    {
        DataSet data = Distinct([.. Enumerable.Range(0, 100).Select(i => i % 3)]);

        Assert.Equal(Split.Stratified(data, 0.3, 5).Test, Split.Stratified(data, 0.3, 5).Test);
        Assert.NotEqual(Split.Stratified(data, 0.3, 5).Test, Split.Stratified(data, 0.3, 6).Test);
    }

    [Fact]
    public void Stratified_SaysHowManyRowsRepeatAndWhichClassHasOneRow()
    {
        double[] contents = [1, 1, 1, 2, 3, 4, 5, 6, 7, 8];
        var data = new DataSet(new Table([new NumberColumn("x", contents)]), new Labels([0, 0, 0, 0, 0, 0, 0, 0, 0, 1], ["many", "one"]));

        Split split = Split.Stratified(data, 0.3, 1);

        Assert.Equal(2, split.Duplicates);
        Assert.Contains(9, split.Train);
        Assert.Equal(
            ["2 of 10 rows repeat an earlier row in every column: equal rows are on one side",
                "class 'one' has one row only, which is trained on: nothing is measured there"],
            split.Notes);
    }

    [Fact]
    public void Stratified_RefusesRowsThatAreAllEqual()
    {
        var data = new DataSet(new Table([new NumberColumn("x", [1, 1, 1])]), new Labels([0, 1, 0], ["a", "b"]));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Split.Stratified(data, 0.5, 1));

        Assert.Contains("that must stay together (equal rows, groups) is 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Stratified_RefusesAFractionOutOfRange(double fraction) =>
        Assert.Throws<ArgumentException>(() => Split.Stratified(Distinct([0, 1]), fraction, 1));

    [Fact]
    public void ByTime_MeasuresOnTheLatestAndKeepsAMomentTogether()
    {
        double[] times = [5, 1, 2, 5, 3, double.NaN, 4, 5, 0, 1];
        var time = new NumberColumn("when", times);
        DataSet data = Distinct(new int[10]);

        Split split = Split.ByTime(data, time, 0.25);

        Assert.Equal([0, 3, 7], Split.ByTime(data, time, 0.4).Test.Intersect([0, 3, 7]));
        Assert.Contains(5, split.Train);
        Assert.True(split.Test.Min(row => times[row]) > split.Train.Where(row => row != 5).Max(row => times[row]));
        Assert.Contains("1 rows have no 'when': they are trained on", split.Notes);
    }

    [Fact]
    public void ByTime_RefusesASingleMoment() =>
        Assert.Throws<InvalidDataException>(() => Split.ByTime(Distinct([0, 1]), new DateColumn("when", [9, 9]), 0.5));

    [Fact]
    public void ByColumn_ReadsThePartsAndNamesWhatIsNone()
    {
        DataSet data = Distinct([0, 1, 0, 1]);

        Split split = Split.ByColumn(data, CategoryColumn.FromNames("part", ["Train", "test", "dev", "TRAIN"]));

        Assert.Equal([0, 3], split.Train);
        Assert.Equal([1], split.Test);
        Assert.Equal([2], split.Validation);
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => Split.ByColumn(data, CategoryColumn.FromNames("part", ["train", "test", "tset", "train"])));
        Assert.Contains("row 2 (counted from 0), is 'tset'", error.Message, StringComparison.Ordinal);
    }

    private static DataSet Distinct(int[] classes) => new(
        new Table([new NumberColumn("x", [.. Enumerable.Range(0, classes.Length).Select(i => (double)i)])]),
        new Labels(classes, ["a", "b", "c", "d", "e"]));
}
