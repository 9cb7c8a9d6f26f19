namespace Credence.OutOfDistribution;

/// <summary>What an <see cref="IOutlierScorer"/> takes of a row.</summary>
public enum OutlierInput
{
    /// <summary>Its logits.</summary>
    Logits,

    /// <summary>Its features.</summary>
    Features,

    /// <summary>Its features, followed by its logits.</summary>
    FeaturesAndLogits,
}
