using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Scores;

public class TextScoresTests
{
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
