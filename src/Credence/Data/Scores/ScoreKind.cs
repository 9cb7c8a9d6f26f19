namespace Credence.Data.Scores;

/// <summary>The kind of scores. The caller declares it; it is never guessed from the numbers, as a row of logits can look like
/// probabilities.</summary>
public enum ScoreKind
{
    /// <summary>Unnormalised scores: softmax turns them into probabilities.</summary>
    Logits,

    /// <summary>Probabilities, each row summing to one.</summary>
    Probabilities,
}
