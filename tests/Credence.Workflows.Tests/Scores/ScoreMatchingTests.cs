using Credence.Data.Scores;
using Credence.Files.Scores;
using Credence.Workflows.Scores;
using Credence.Workflows.Tests.Support;

namespace Credence.Workflows.Tests.Scores;

public sealed class ScoreMatchingTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void InOrder_BringsColumnsAndLabelsIntoTheOrderOfTheClasses()
    {
        string path = place.Write("s.csv", "c,a,b,label\n1,2,3,a\n4,5,6,c\n");
        SavedScores scores = new ScoreInput(path) { Kind = ScoreKind.Logits }.ReadLabelled();

        SavedScores ordered = ScoreMatching.InOrder(scores, ["a", "b", "c"]);

        Assert.Equal([2, 3, 1, 5, 6, 4], ordered.Values);
        Assert.Equal(["a", "c"], ordered.Labels!.Indices.ToArray().Select(k => ordered.Labels.Names[k]));
        Assert.Throws<InvalidDataException>(() => ScoreMatching.InOrder(scores, ["a", "b", "d"]));
        Assert.Throws<InvalidDataException>(() => ScoreMatching.InOrder(scores, ["a", "b"]));
    }
}
