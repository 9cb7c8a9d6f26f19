using Credence.Decisions;

namespace Credence.Cli.Options;

/// <summary>The scores of strangeness by the names the command uses.</summary>
internal static class OutlierScoreNames
{
    private static readonly (string Name, LogitScore Score)[] Known =
    [
        ("msp", LogitScore.MaxProbability), ("max-logit", LogitScore.MaxLogit), ("energy", LogitScore.Energy), ("gen", LogitScore.GeneralisedEntropy),
        ("kl-matching", LogitScore.KlMatching), ("entropy", LogitScore.Entropy),
    ];

    /// <summary>The names.</summary>
    public static readonly string[] All = [.. Known.Select(known => known.Name)];

    /// <summary>The score of a name.</summary>
    public static LogitScore Of(string name) => Array.Find(Known, known => known.Name == name).Score;

    /// <summary>The name of a score.</summary>
    public static string NameOf(LogitScore score) => Array.Find(Known, known => known.Score == score).Name;

    /// <summary>Whether a score needs logits: of probabilities alone it is another, or always the same.</summary>
    public static bool NeedsLogits(LogitScore score) => score is LogitScore.MaxLogit or LogitScore.Energy;
}
