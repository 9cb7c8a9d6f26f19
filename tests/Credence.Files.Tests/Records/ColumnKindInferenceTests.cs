using System.Text;
using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Records;

public sealed class ColumnKindInferenceTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void KindsAreToldFromTheCells()
    {
        var text = new StringBuilder("price,colour,day,note,label\n");
        string[] words = ["the quick brown fox", "jumps over it all", "a lazy dog sleeps", "under the old tree", "and dreams of bones"];
        for (int row = 0; row < 40; row++)
            text.Append($"{row / 4.0},{(row % 3 == 0 ? "red" : "blue")},2024-01-{1 + (row % 28):00},"
                + $"{words[row % 5]} no {row},{(row % 2 == 0 ? "yes" : "no")}\n");

        using IRowSource source = scratch.Source("data.csv", text.ToString(), new ReadOptions { Label = "label" });
        Assert.Equal(["price:Number", "colour:Category", "day:Date", "note:Text"], source.Kinds());
        Assert.Equal("label", source.LabelName);
        Assert.Equal("table", source.Kind);
    }

    [Fact]
    public void ACellThatIsNoNumberIsNamedWithItsPlaceAndRemedy()
    {
        var text = new StringBuilder("price,label\n");
        for (int row = 0; row < 100; row++)
            text.Append($"{(row == 57 ? "n.a." : $"{row}.5")},{row % 2}\n");

        string message = scratch.Refusal<InvalidDataException>("orders.csv", text.ToString(), new ReadOptions { Label = "label" });
        Assert.Equal("orders.csv line 59, column 'price': 'n.a.' is not a number. Set ReadOptions.Missing to 'n.a.' to read it as missing.",
            message);
        Assert.Equal(double.NaN, scratch.Rows("orders.csv", text.ToString(), new ReadOptions { Label = "label", Missing = ["n.a."] })
            .Numbers("price")[57]);
    }

    [Fact]
    public void MissingCellsAreNaNOrNoName()
    {
        string text = "price,colour,label\n1,red,a\n,blue,b\n?,NA,a\n4,red,b\n";
        using IRowSource source = scratch.Source("data.csv", text, new ReadOptions { Label = "label" });
        DataChunk rows = source.ReadAll();
        Assert.Equal([1, double.NaN, double.NaN, 4], rows.Numbers("price"));
        Assert.Equal(["red", "blue", null, "red"], rows.Categories("colour"));
        Assert.Contains(source.Notes, note =>
            note.StartsWith("2 cells such as NA or ? are read as missing, in 'price', 'colour'", StringComparison.Ordinal));
    }

    [Fact]
    public void AMarkerThatIsANumberIsMissingInColumnsOfNumbers()
    {
        string text = "t,y\n20.5,a\n-999,a\n24.1,b\n-999.0,b\n21.5,a\n";
        DataChunk rows = scratch.Rows("data.csv", text, new ReadOptions { Label = "y", Missing = ["-999"] });

        Assert.Equal([20.5, double.NaN, 24.1, double.NaN, 21.5], rows.Numbers("t"));
    }

    [Fact]
    public void ANumberFarFromTheOthersThatUsuallyMeansMissingIsTold()
    {
        string text = "t,y\n20.5,a\n-999,a\n24.1,b\n-999.0,b\n21.5,a\n";
        using IRowSource source = scratch.Source("data.csv", text, new ReadOptions { Label = "y" });

        Assert.Contains(
            "column 't': 2 cells are -999, far from the others. Set ReadOptions.Missing to '-999' to read them as missing.", source.Notes);
        using IRowSource near = scratch.Source("near.csv", "t,y\n-99,a\n-99,b\n-60,a\n20,b\n", new ReadOptions { Label = "y" });
        Assert.DoesNotContain(near.Notes, note => note.Contains("-99", StringComparison.Ordinal));
    }
}
