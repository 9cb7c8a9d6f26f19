namespace Credence.Files;

/// <summary>What saved scores are.</summary>
public enum ScoreKind
{
    /// <summary>Unnormalised: softmax turns them into probabilities.</summary>
    Logits,

    /// <summary>Probabilities, each row summing to one.</summary>
    Probabilities,
}
