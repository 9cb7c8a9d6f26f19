namespace Credence.Diagnostics;

/// <summary>The forms in which scores are saved.</summary>
public enum ScoreFormat
{
    /// <summary>Logits: unnormalised scores before a softmax.</summary>
    Logits,

    /// <summary>Logarithms of probabilities.</summary>
    LogProbabilities,

    /// <summary>Probabilities whose rows sum to one.</summary>
    Softmax,

    /// <summary>Shares of equal votes, as nearest neighbours and forests give.</summary>
    Votes,

    /// <summary>An independent probability per class: sigmoids, one-vs-rest.</summary>
    OneVsRestCalibrator,

    /// <summary>Percentages: rows sum to 100.</summary>
    Percentages,

    /// <summary>Probabilities rounded to few decimals.</summary>
    Rounded,

    /// <summary>Probabilities whose rows all sum to about the same number, not one.</summary>
    Incomplete,

    /// <summary>Decisions: one 1 per row, otherwise 0.</summary>
    Decisions,

    /// <summary>Probabilities that are the same in every row.</summary>
    Constant,
}
