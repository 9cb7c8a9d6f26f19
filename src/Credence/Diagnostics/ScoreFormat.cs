namespace Credence.Diagnostics;

/// <summary>The forms in which scores are saved.</summary>
public enum ScoreFormat
{
    /// <summary>As they stand before a softmax.</summary>
    Logits,

    /// <summary>Logarithms of probabilities.</summary>
    LogProbabilities,

    /// <summary>Probabilities whose rows sum to one.</summary>
    Softmax,

    /// <summary>A probability of each class by itself: sigmoids, one-against-rest.</summary>
    OneVsRestCalibrator,

    /// <summary>Rows that sum to a hundred.</summary>
    Percentages,

    /// <summary>Probabilities of few decimals.</summary>
    Rounded,

    /// <summary>Rows that all sum to about the same, and not to one.</summary>
    Incomplete,

    /// <summary>One 1 and else 0.</summary>
    Decisions,

    /// <summary>Probabilities that are the same in every row.</summary>
    Constant,
}
