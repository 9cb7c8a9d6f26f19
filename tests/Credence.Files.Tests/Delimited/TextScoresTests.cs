using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Delimited;

public class TextScoresTests
{
    /// <summary>As Python writes them: tools/golden/arrays.py.</summary>
    [Fact]
    public void EveryScoreAndLabel_IsReadAsItWasWritten()
    {
        SavedScores scores = SavedScores.Read(Repository.Golden("arrays", "scores.csv"), new ReadOptions(), ScoreKind.Probabilities);

        Assert.Equal(["ant", "bee", "cicada"], scores.Classes);
        Assert.Equal(KnownArrays.Numbers("scores"), scores.Values);
        Assert.Equal([0, 2, 1, 1, 0, 2], scores.Labels!.Indices.ToArray());
    }

    [Theory]
    [InlineData("1,\"2\"x,3\n\"1,2,3\n")]
    [InlineData("\"a\"b,1,2,label\n1,2,3,x\n")]
    public void QuotesThatAreNone_AreReadAsCharacters_OrRefusedInWords(string text)
    {
        using var scratch = new Scratch();
        string path = scratch.Write("scores.csv", text);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SavedScores.Read(path, new ReadOptions(), ScoreKind.Logits));

        Assert.Contains("scores.csv line", error.Message, StringComparison.Ordinal);
    }
}
