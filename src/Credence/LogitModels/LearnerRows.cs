using Credence.Data;
using Credence.Features;
using Credence.Features.Matrices;

namespace Credence.LogitModels;

/// <summary>Rows to learn from, and all that every candidate of a contest shares: features, folds, seed.</summary>
/// <param name="Labels">The class of each row, none missing.</param>
/// <param name="Pipeline">What made the features.</param>
/// <param name="Features">[rows, columns].</param>
/// <param name="Folds">The fold of each row, from 0; at least two. Held-out logits come from models that did not see the row's fold.</param>
public sealed record LearnerRows(Labels Labels, FeaturePipeline Pipeline, IFeatureMatrix Features, int[] Folds)
{
    /// <summary>A weight a row, or null for 1 each.</summary>
    public double[]? Weights { get; init; }

    /// <summary>The seed of all chance.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most threads to use; 0 for one a core. Results don't depend on it.</summary>
    public int MaxThreads { get; init; }
}
