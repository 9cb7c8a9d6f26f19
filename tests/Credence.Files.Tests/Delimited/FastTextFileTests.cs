using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Delimited;

public sealed class FastTextFileTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void ALabelAtTheBeginningOfALine_IsItsLabel()
    {
        using IRowSource source = scratch.Source("a.txt", "__label__pos good, \"film\"\n__label__neg bad\tfilm \n", new ReadOptions());
        DataChunk rows = source.ReadAll();

        Assert.Equal(["text:Text"], source.Kinds());
        Assert.Equal(["good, \"film\"", "bad\tfilm"], rows.Texts("text"));
        Assert.Equal(["pos", "neg"], rows.LabelNames());
        Assert.Null(source.Layout!.LabelSeparator);
    }

    [Fact]
    public void SeveralLabelsInALine_AreASet()
    {
        using IRowSource source = scratch.Source("a.txt", "__label__b __label__a one\n__label__a two\nthree\n", new ReadOptions());
        LabelSets sets = source.ReadAll().LabelSets!;

        Assert.Equal(["a", "b"], sets.Names);
        Assert.Equal([[0, 1], [0], []], Enumerable.Range(0, 3).Select(row => sets[row].ToArray()));
        Assert.Equal(" ", source.Layout!.LabelSeparator);
    }
}
