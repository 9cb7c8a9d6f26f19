namespace Credence.Data.Scores;

/// <summary>What scores are. It is said, never guessed from the numbers: a row of logits can look like probabilities.</summary>
public enum ScoreKind
{
    /// <summary>Unnormalised: softmax turns them into probabilities.</summary>
    Logits,

    /// <summary>Probabilities, each row summing to one.</summary>
    Probabilities,
}
