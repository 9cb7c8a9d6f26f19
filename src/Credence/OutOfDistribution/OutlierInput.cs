namespace Credence.OutOfDistribution;

/// <summary>The input of an <see cref="IOutlierScorer"/>.</summary>
public enum OutlierInput
{
    /// <summary>Its logits.</summary>
    Logits,

    /// <summary>Its features.</summary>
    Features,

    /// <summary>Its features, followed by its logits.</summary>
    FeaturesAndLogits,
}
