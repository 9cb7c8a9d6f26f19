using Credence.Models.Streaming;
using Credence.Numerics;

namespace Credence.Tests.Models.Streaming;

/// <summary>Rows sorted by label are told from rows in a chance order, whatever the number and the shares of the classes.</summary>
public class LabelOrderCheckTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 30)]
    [InlineData(10, 1)]
    [InlineData(500, 1)]
    public void SortedIsTold_AndAChanceOrderIsNot(int classes, int favour)
    {
        var rng = new Rng(5);
        int[] labels = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Max(0, rng.NextInt(classes + favour) - favour))];
        Assert.Null(Of(labels, 2000));
        Assert.NotNull(Of([.. labels.Order()], 2000));

        // One block is shuffled whole, in whatever order it came.
        Assert.Null(Of([.. labels.Order()], 20_000));
        Assert.Null(Of([.. labels.Order()], 30_000));
    }

    [Fact]
    public void TooFewRowsSayNothing()
    {
        Assert.Null(Of([], 10));
        Assert.Null(Of([1], 1));
        Assert.Null(Of([1, 2, 3], 1));
    }

    private static string? Of(int[] labels, int blockRows)
    {
        var order = new LabelOrderCheck(blockRows);
        foreach (int label in labels)
            order.Add($"c{label}");

        return order.Warning();
    }
}
