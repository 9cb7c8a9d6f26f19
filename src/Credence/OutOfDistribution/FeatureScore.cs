namespace Credence.OutOfDistribution;

/// <summary>The outlier score of a row by its features.</summary>
public enum FeatureScore
{
    /// <summary>The squared Mahalanobis distance to the nearest class mean, <see cref="MahalanobisScorer"/>.</summary>
    Mahalanobis,

    /// <summary>The same less the distance to the mean of all rows.</summary>
    RelativeMahalanobis,

    /// <summary>The distance to the k-th nearest training row, <see cref="NeighbourScorer"/>.</summary>
    Neighbours,

    /// <summary>The residual outside the principal subspace, less the energy of the logits, <see cref="VimScorer"/>.</summary>
    VirtualLogit,
}
