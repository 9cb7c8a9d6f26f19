using Credence.Features.Matrices;

namespace Credence.Tests.Features.Matrices;

public class DenseMatrixTests
{
    private static readonly DenseMatrix Matrix = new([1, 2, 3, 4, 5, 6], 3, 2);

    [Fact]
    public void Row_IsARowOfRowMajorValues() => Assert.Equal([3, 4], Matrix.Row(1).ToArray());

    [Fact]
    public void Select_TakesRowsInTheOrderAsked_AndAsOftenAsAsked()
    {
        var chosen = (DenseMatrix)Matrix.Select([2, 0, 2]);

        Assert.Equal((3, 2), (chosen.Rows, chosen.Columns));
        Assert.Equal([5, 6, 1, 2, 5, 6], chosen.Values.ToArray());
    }

    [Fact]
    public void AnotherNumberOfValues_IsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new DenseMatrix([1, 2, 3], 2, 2));

        Assert.StartsWith("'values' has length 3, needs 2 × 2 = 4.", error.Message, StringComparison.Ordinal);
    }
}
