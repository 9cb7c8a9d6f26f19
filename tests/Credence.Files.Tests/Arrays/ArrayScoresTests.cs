using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Arrays;

/// <summary>Scores as NumPy saves them: tools/golden/arrays.py.</summary>
public class ArrayScoresTests
{
    private static readonly int[] Truth = [0, 2, 1, 1, 0, 2];

    [Theory]
    [InlineData("logits", "logits", ScoreKind.Logits)]
    [InlineData("probabilities", "probabilities", ScoreKind.Probabilities)]
    [InlineData("half", "probs", ScoreKind.Probabilities)]
    public void EveryScoreAndLabel_IsReadAsItWasWritten(string file, string array, ScoreKind kind)
    {
        SavedScores scores = SavedScores.Read(Repository.Golden("arrays", $"{file}.npz"), new ReadOptions());

        Assert.Equal((6, 3, kind), (scores.Rows, scores.Classes.Count, scores.Kind));
        Assert.Equal(KnownArrays.Numbers($"{file}/{array}"), scores.Values);
        Assert.Equal(Truth, scores.Labels!.Indices.ToArray());
        Assert.Equal(file == "probabilities" ? ["ant", "bee", "cicada"] : ["0", "1", "2"], scores.Classes);
    }
}
