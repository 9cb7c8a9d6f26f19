using Credence.Calibration;
using Credence.Data.Scores;
using Credence.Files.Scores;
using Credence.Models.Learning;

namespace Credence.Workflows.Scores;

/// <summary>Saved scores of either kind, converted for an evaluation.</summary>
internal static class ScoreValues
{
    /// <summary>Probabilities as they are, logits through the softmax.</summary>
    public static Probabilities Probabilities(SavedScores scores, int maxThreads) => scores.RequiredKind() == ScoreKind.Probabilities
        ? scores.ToProbabilities()
        : new IdentityCalibrator(scores.Classes.Count).Apply(scores.ToLogits(), maxThreads);

    /// <summary>Logits as they are, probabilities as their logarithms.</summary>
    public static Logits Logits(SavedScores scores) => scores.RequiredKind() == ScoreKind.Logits
        ? scores.ToLogits()
        : Credence.Data.Scores.Logits.FromProbabilities(scores.ToProbabilities(), ScoreCalibration.DefaultFloor);
}
