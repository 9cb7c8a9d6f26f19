using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Splits;
using Credence.Models.Learning;

namespace Credence.Tests.Models;

public class RowCheckTests
{
    [Fact]
    public void LearnersNameTheLine_OfAnInfiniteNumber()
    {
        DataSet data = Rows(x: double.PositiveInfinity);
        Assert.Equal(
            "orders.csv line 7, column 'x': Infinity is not finite; a number must be finite, or missing.",
            Assert.Throws<InvalidDataException>(() => new ClassifierLearner().Fit(data)).Message);
        var sets = new LabelSets([0, 1, 1, 2, 2, 3, 3, 4, 4], [0, 0, 0, 0], ["late"]);
        Assert.StartsWith(
            "orders.csv line 7, column 'x'",
            Assert.Throws<InvalidDataException>(() => new MultiLabelLearner().Fit(new DataSet(data.Features, null)
            {
                LabelSets = sets,
                Places = data.Places
            })).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void LearnersNameTheLine_OfAnUnfitWeight(double weight)
    {
        DataSet data = Rows(x: 3) with { Weights = [1, 1, 1, 1, 1, weight, 1, 1] };
        Assert.Equal(
            $"orders.csv line 7: the weight {weight} is not a finite number of at least 0.",
            Assert.Throws<InvalidDataException>(() => new ClassifierLearner().Fit(data)).Message);
    }

    [Fact]
    public void AMissingLabel_IsLeftOutByLearners_AndNamedByTheCheck()
    {
        DataSet data = Rows(x: 3);
        data = new DataSet(data.Features, new Labels([0, 1, 0, 1, 0, -1, 0, 1], ["a", "b"])) { Places = data.Places };
        Assert.Contains("orders.csv line 7", Assert.Throws<ArgumentException>(() => ClassifierLearner.CheckLabels(data)).Message,
            StringComparison.Ordinal);
        ClassifierFit fit = new ClassifierLearner().Fit(data);
        Assert.Contains("1 of 8 rows have no label and are left out", fit.Notes);
        Assert.Equal(7, fit.Classifier.Facts.TrainRows);
    }

    [Fact]
    public void ASplitNamesTheLine_OfAPartItDoesNotKnow() =>
        Assert.StartsWith(
            "Column 'part', orders.csv line 4, is 'other'; it must be train, test or valid.",
            Assert.Throws<InvalidDataException>(() => Split.ByColumn(
                Rows(x: 3), CategoryColumn.FromNames("part", ["train", "test", "other", "train", "train", "train", "train",
                    "test"]))).Message,
            StringComparison.Ordinal);

    /// <summary>Eight rows of orders.csv, from line 2 on; x is the number on line 7.</summary>
    private static DataSet Rows(double x) =>
        new(new Table([new NumberColumn("x", [0, 1, 2, 3, 4, x, 6, 7])]), new Labels([0, 1, 0, 1, 0, 1, 0, 1], ["a", "b"]))
        {
            Places = RowPlaces.OfLines([(0, "orders.csv")], [.. Enumerable.Range(2, 8)]),
        };
}
