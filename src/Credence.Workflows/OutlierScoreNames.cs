using Credence.OutOfDistribution;

namespace Credence.Workflows;

/// <summary>The out-of-distribution scores by name: msp, energy, mahalanobis and others.</summary>
public static class OutlierScoreNames
{
    private static readonly (string Name, LogitScore Score)[] Known =
    [
        ("msp", LogitScore.MaxProbability), ("max-logit", LogitScore.MaxLogit), ("energy", LogitScore.Energy),
            ("gen", LogitScore.GeneralisedEntropy),
        ("kl-matching", LogitScore.KlMatching), ("entropy", LogitScore.Entropy),
    ];

    private static readonly (string Name, FeatureScore Score)[] OfFeatures =
    [
        ("mahalanobis", FeatureScore.Mahalanobis), ("relative-mahalanobis", FeatureScore.RelativeMahalanobis),
            ("knn", FeatureScore.Neighbours), ("vim", FeatureScore.VirtualLogit),
    ];

    /// <summary>The names of scores of the logits.</summary>
    public static readonly string[] Logits = [.. Known.Select(known => known.Name)];

    /// <summary>The names of scores of the features.</summary>
    public static readonly string[] Features = [.. OfFeatures.Select(known => known.Name)];

    /// <summary>The score of the logits that a name stands for, or null.</summary>
    public static LogitScore? OfLogits(string? name) => Logits.Contains(name) ? Array.Find(Known, known => known.Name == name).Score : null;

    /// <summary>The score of the features that a name stands for, or null.</summary>
    public static FeatureScore? OfFeature(string? name) =>
        Features.Contains(name) ? Array.Find(OfFeatures, known => known.Name == name).Score : null;

    /// <summary>The name of a scorer's score.</summary>
    public static string NameOf(IOutlierScorer scorer) => scorer switch
    {
        LogitScorer logits => NameOf(logits.Of),
        MahalanobisScorer { Relative: true } => "relative-mahalanobis",
        MahalanobisScorer => "mahalanobis",
        NeighbourScorer => "knn",
        VimScorer => "vim",
        _ => throw new ArgumentException($"{scorer.GetType().Name} has no name.", nameof(scorer)),
    };

    /// <summary>The name of a score.</summary>
    public static string NameOf(LogitScore score) => Array.Find(Known, known => known.Score == score).Name;

    /// <summary>Whether a score needs logits: from probabilities alone it differs or is constant.</summary>
    public static bool NeedsLogits(LogitScore score) => score is LogitScore.MaxLogit or LogitScore.Energy;
}
