namespace Credence.OutOfDistribution;

/// <summary>An outlier score from a row's logits z alone; p = softmax(z). Larger means more outlying.</summary>
public enum LogitScore
{
    /// <summary>−max p (Hendrycks and Gimpel 2017).</summary>
    MaxProbability,

    /// <summary>−max z (Hendrycks and others 2022).</summary>
    MaxLogit,

    /// <summary>−T·ln Σ exp(z/T) (Liu and others 2020).</summary>
    Energy,

    /// <summary>Σ over the M largest p of p^γ·(1−p)^γ: generalised entropy (Liu, Lochman and Zach 2023).</summary>
    GeneralisedEntropy,

    /// <summary>The least divergence KL(p ‖ d_k) from a class's mean probabilities d_k (Hendrycks and others 2022).</summary>
    KlMatching,

    /// <summary>−Σ p·ln p.</summary>
    Entropy,
}
