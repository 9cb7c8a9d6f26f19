using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Tests.Data;

public class LabelsTests
{
    [Fact]
    public void From_OrdersNumericNamesByValue()
    {
        var labels = Labels.From(CategoryColumn.FromNames("y", ["10", "9", null, "-1"]));

        Assert.Equal(["-1", "9", "10"], labels.Names);
        Assert.Equal([2, 1, Labels.Missing, 0], labels.Indices.ToArray());
        Assert.Equal([1, 1, 1], labels.Counts());
    }

    [Fact]
    public void Constructor_RefusesAnIndexOutsideTheNames()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Labels([0, 3], ["a", "b"]));

        Assert.Contains("row 1 is 3", error.Message, StringComparison.Ordinal);
    }
}
