using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Tests.Data;

public class LabelMatchingTests
{
    [Theory]
    [InlineData("0.0", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData("+3", "3")]
    [InlineData("-0.0", "0")]
    [InlineData("-2.0", "-2")]
    [InlineData("TRUE", "true")]
    [InlineData("False", "false")]
    [InlineData("007", "007")]
    [InlineData("1e5", "1e5")]
    [InlineData("yes", "yes")]
    [InlineData("1.2.3", "1.2.3")]
    public void AValue_HasOneSpelling(string label, string value) => Assert.Equal(value, LabelValue.Of(label));

    [Theory]
    [InlineData(new[] { "0.0", "1.0", "0.0" }, new[] { "0", "1" }, new[] { 0, 1, 0 })]
    [InlineData(new[] { "true", "FALSE" }, new[] { "False", "True" }, new[] { 1, 0 })]
    [InlineData(new[] { "7", "07" }, new[] { "07", "7" }, new[] { 1, 0 })]
    public void Labels_AreMatchedByNameOrElseByValue(string[] labels, string[] classes, int[] expected) =>
        Assert.Equal(expected, LabelMatching.ToClasses(Of(labels), classes).Indices.ToArray());

    [Fact]
    public void ANameGoesBeforeAValue() =>
        Assert.Equal([0, 1], LabelMatching.ToClasses(Of("0.0", "0"), ["0.0", "0"]).Indices.ToArray());

    [Fact]
    public void UnseenLabels_AreCountedAndSetApart()
    {
        var data = new DataSet(new Table([new NumberColumn("x", [1, 2, 3, 4])]), Of("a", "c", "b", "c")) { Weights = [1, 2, 3, 4] };

        UnseenLabels unseen = UnseenLabels.Split(data, ["a", "b", "C"], out DataSet seen, out int[] rows)!;

        Assert.Equal(2, unseen.Rows);
        Assert.Equal(2, Assert.Single(unseen.Counts).Value);
        Assert.Equal([2.0, 4.0], unseen.Weights);
        Assert.Equal("C", unseen.Alike["c"]);
        Assert.Equal([0, 2], rows);
        Assert.Equal([0, 1], seen.Labels!.Indices.ToArray());
        Assert.Null(UnseenLabels.Split(data, ["a", "b", "c"], out _, out _));
        Assert.Contains("4 rows are labelled 'a', 'b', 'c', which are none of the model's 2 classes: 'x', 'y'.",
            Assert.Throws<InvalidDataException>(() => UnseenLabels.Split(data, ["x", "y"], out _, out _)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void SpellingsThatAreNearlyOne_AreTold()
    {
        string[] names = ["Yes", "no", "yes", "N/A", "na", "+", "-", "1.0", "10"];

        IReadOnlyList<string> notes = LabelSpelling.Notes(names, [3, 4, 1, 0, 2, 1, 1, 1, 1]);

        Assert.Equal(
            "the labels 'Yes' (3 rows) and 'yes' (1 row) differ in spelling only and are 2 classes: write them alike if they are one",
            Assert.Single(notes));
    }

    private static Labels Of(params string[] names) => Labels.From(CategoryColumn.FromNames("label", names));
}
