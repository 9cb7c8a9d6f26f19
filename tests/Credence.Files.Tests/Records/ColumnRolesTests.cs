using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Records;

public sealed class ColumnRolesTests : IDisposable
{
    private const string Text = "2,width,height\n1,2,x\n3,4,y\n5,6,x\n";
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("height", "height")]
    [InlineData("3", "height")]
    [InlineData("-1", "height")]
    [InlineData("2", "2")]
    [InlineData("-2", "width")]
    public void AnExactNameWinsOverAnIndex(string asked, string found)
    {
        using IRowSource source = scratch.Source("data.csv", Text, new ReadOptions { Label = asked, HasHeader = true });
        Assert.Equal(found, source.LabelName);
    }

    [Theory]
    [InlineData("hight", "ReadOptions.Label 'hight': data.csv has no such column. It has '2', 'width', 'height'. Did you mean 'height'?")]
    [InlineData("4", "ReadOptions.Label 4: data.csv has 3 columns, so a number must be 1 to 3, or −1 to −3 from the end.")]
    [InlineData("0", "ReadOptions.Label 0: data.csv has 3 columns, so a number must be 1 to 3, or −1 to −3 from the end.")]
    public void AColumnThatIsNotThereIsNamedWithThoseThatAre(string asked, string message) =>
        Assert.Equal(message, scratch.Refusal<ArgumentException>("data.csv", Text, new ReadOptions { Label = asked, HasHeader = true }));
}
