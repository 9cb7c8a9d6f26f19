using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Tests.Data;

public class RowHashTests
{
    [Fact]
    public void Compute_TellsContentsApartAndEqualsEqual()
    {
        var table = new Table(
        [
            new NumberColumn("n", [0.0, -0.0, double.NaN, BitConverter.UInt64BitsToDouble(0x7FF8000000000001), 1]),
            new CategoryColumn("c", [0, 1, -1, -1, 0], ["same", "same"]),
            new DateColumn("d", [5, 5, DateColumn.Missing, DateColumn.Missing, 5]),
            TextColumn.FromStrings("t", ["abcdefghi", "abcdefghi", "", null, "abcdefghi"]),
            new VectorColumn("v", [1, 2, 1, 2, float.NaN, 0, -float.NaN, -0f, 1, 2], 5, 2),
            new ImageColumn("i", [1, 2, 1, 2, 3, 4, 3, 4, 1, 2], 5, 1, 2, 1),
            new AudioColumn("a", [1, 2, 1, 2, 3, 3, 1, 2], [0, 2, 4, 5, 6, 8], 8000),
        ]);

        ulong[] hashes = RowHash.Compute(table);

        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal(hashes[2], hashes[3]);
        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("", "\0")]
    [InlineData("abcdefgh", "abcdefgh\0")]
    [InlineData("ab", "ba")]
    public void Compute_TellsTextsApart(string a, string b)
    {
        ulong[] hashes = RowHash.Compute(new Table([TextColumn.FromStrings("t", [a, b])]));

        Assert.NotEqual(hashes[0], hashes[1]);
    }

    [Fact]
    public void Compute_KeepsCellsInTheirColumns()
    {
        ulong[] hashes = RowHash.Compute(new Table([TextColumn.FromStrings("a", ["x", "xy"]), TextColumn.FromStrings("b", ["yz", "z"])]));

        Assert.NotEqual(hashes[0], hashes[1]);
    }

    [Fact]
    public void Compute_HasNoCollisionAmongManyRows()
    {
        double[] numbers = [.. Enumerable.Range(0, 200_000).Select(i => (double)i)];

        Assert.Equal(200_000, RowHash.Compute(new Table([new NumberColumn("n", numbers)])).Distinct().Count());
    }
}
