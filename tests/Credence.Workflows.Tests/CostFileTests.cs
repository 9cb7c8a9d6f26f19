using Credence.Workflows.Tests.Support;

namespace Credence.Workflows.Tests;

public sealed class CostFileTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Read_BringsTheLinesIntoTheOrderOfTheClasses()
    {
        string path = place.Write("cost.csv", "cost,treat,wait\nsick,1,10\nwell,2,0\n");

        Decisions.CostMatrix costs = CostFile.Read(path, ["well", "sick"]);

        Assert.Equal(["treat", "wait"], costs.ActionNames);
        Assert.Equal(["well", "sick"], costs.ClassNames);
        Assert.Throws<InvalidDataException>(() => CostFile.Read(path, ["well", "ill"]));
    }

    [Theory]
    [InlineData("cost,treat\nsick,1,2\n", "line 2 has 2 costs for 1 actions")]
    [InlineData("cost,treat\nsick,x\n", "line 2: 'x' is not a finite number")]
    [InlineData("cost,treat\nsick,1\nsick,2\n", "line 3: class 'sick' is listed twice")]
    public void Read_SaysWhatIsWrongAndWhere(string content, string expected)
    {
        string path = place.Write("cost.csv", content);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => CostFile.Read(path)).Message, StringComparison.Ordinal);
    }
}
