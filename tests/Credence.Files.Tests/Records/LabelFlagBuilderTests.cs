using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Records;

public sealed class LabelFlagBuilderTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void SeveralLabelColumns_AreASetOfThoseThatSayYes()
    {
        using IRowSource source = scratch.Source(
            "t.csv", "x,toxic,rude\n1,1,0\n2,true,YES\n3,0.0,no\n4,False,1.0\n", new ReadOptions { Label = "rude, toxic" });
        LabelSets sets = source.ReadAll().LabelSets!;

        Assert.Equal("toxic, rude", source.LabelName);
        Assert.Equal(["x:Number"], source.Kinds());
        Assert.Equal(["toxic", "rude"], sets.Names);
        Assert.Equal([[0], [0, 1], [], [1]], Enumerable.Range(0, 4).Select(row => sets[row].ToArray()));
    }

    [Fact]
    public void AnotherAnswer_IsNamedWithItsPlace() => Assert.Equal(
        "t.csv line 3, column 'rude': 'perhaps' is not 1 or 0, true or false, yes or no, as a row of several label columns needs.",
        scratch.Refusal<InvalidDataException>("t.csv", "x,toxic,rude\n1,1,0\n2,0,perhaps\n", new ReadOptions { Label = "toxic,rude" }));

    [Fact]
    public void AColumnWithACommaInItsName_IsOneLabel() =>
        Assert.Equal(["u", "v"], scratch.Rows("t.csv", "x,\"a,b\"\n1,u\n2,v\n", new ReadOptions { Label = "a,b" }).LabelNames());
}
