using Credence.Data;
using Credence.Features;
using Credence.Features.Matrices;

namespace Credence.LogitModels;

/// <summary>Training rows with everything that the candidates of a contest share: features, folds, seed.</summary>
/// <param name="Labels">The class of each row, none missing.</param>
/// <param name="Pipeline">The pipeline that made the features.</param>
/// <param name="Features">[rows, columns].</param>
/// <param name="Folds">The fold of each row, from 0; at least two. Out-of-fold logits come from models trained without the row's
/// fold.</param>
public sealed record LearnerRows(Labels Labels, FeaturePipeline Pipeline, IFeatureMatrix Features, int[] Folds)
{
    /// <summary>One weight per row, or null where all are 1.</summary>
    public double[]? Weights { get; init; }

    /// <summary>The random seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The maximum number of threads; 0 for one per core. Results don't depend on it.</summary>
    public int MaxThreads { get; init; }
}
