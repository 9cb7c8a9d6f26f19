using Credence.Features.Matrices;

namespace Credence.Tests.Features.Matrices;

public class SparseMatrixTests
{
    // The rows [0, 1, 0, 2], [], [3, 0, 0, 4].
    private static readonly SparseMatrix Matrix = new([0, 2, 2, 4], [1, 3, 0, 3], [1, 2, 3, 4], 4);

    [Fact]
    public void Select_TakesRowsInTheOrderAsked_AndAsOftenAsAsked()
    {
        var chosen = (SparseMatrix)Matrix.Select([2, 1, 0, 2]);

        Assert.Equal((4, 4), (chosen.Rows, chosen.Columns));
        Assert.Equal([0, 2, 2, 4, 6], chosen.Starts.ToArray());
        Assert.Equal([0, 3, 1, 3, 0, 3], chosen.Indices.ToArray());
        Assert.Equal([3, 4, 1, 2, 3, 4], chosen.Values.ToArray());
    }

    [Theory]
    [InlineData(new[] { 1, 2 }, new[] { 0, 1 }, 2, "'starts' must begin with 0")]
    [InlineData(new[] { 0, 1 }, new[] { 0, 1 }, 2, "'starts' must begin with 0 and end with the 2 entries")]
    [InlineData(new[] { 0, 2, 1, 2 }, new[] { 0, 1 }, 2, "'starts' falls from 2 to 1 at row 1")]
    [InlineData(new[] { 0, 2 }, new[] { 1, 1 }, 2, "Row 0 has column 1 after 1")]
    [InlineData(new[] { 0, 2 }, new[] { 0, 2 }, 2, "Row 0 has column 2 after 0")]
    [InlineData(new[] { 0, 2 }, new[] { -1, 1 }, 2, "Row 0 has column -1 after -1")]
    public void ArraysThatAreNoMatrix_AreRefused(int[] starts, int[] indices, int columns, string said)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new SparseMatrix(starts, indices, [1, 2], columns));

        Assert.StartsWith(said, error.Message, StringComparison.Ordinal);
    }
}
