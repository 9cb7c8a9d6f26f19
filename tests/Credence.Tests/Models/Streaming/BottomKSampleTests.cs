using Credence.Data;
using Credence.Data.Columns;
using Credence.Models.Streaming;

namespace Credence.Tests.Models.Streaming;

public class BottomKSampleTests
{
    [Fact]
    public void ASampleKeepsTheNamesOfItsRowsOnly_InTheirOrder()
    {
        var names = CategoryColumn.FromNames("user", [.. Enumerable.Range(0, 1000).Select(row => $"u{row}")]);
        var chunk = new DataSet(new Table([names]), new Labels([.. Enumerable.Range(0, 1000).Select(row => row % 2)], ["a", "b"]));
        var sample = new BottomKSample(1, 100);

        sample.Offer(chunk, [3, 500, 7], [.. Enumerable.Range(0, 1000).Select(row => (ulong)row)]);

        var kept = (CategoryColumn)sample.Take()!.Value.Features.Columns[0];
        Assert.Equal(["u3", "u500", "u7"], kept.Texts().Order(StringComparer.Ordinal));
        Assert.Equal(3, kept.Categories.Count);
    }

    [Fact]
    public void TheUsedNamesOfAColumn_KeepTheirCellsAndOrder()
    {
        var column = new CategoryColumn("x", [4, -1, 1, 4], ["a", "b", "c", "d", "e"]);

        CategoryColumn used = column.WithUsedNames();

        Assert.Equal(["b", "e"], used.Categories);
        Assert.Equal(["e", null, "b", "e"], used.Texts());
    }
}
