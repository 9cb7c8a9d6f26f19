using Credence.Data.Scores;
using Credence.Features;

namespace Credence.LogitModels;

/// <summary>The result of a learner.</summary>
/// <param name="Model">The model, fitted on all rows.</param>
/// <param name="Pipeline">The pipeline that makes its features: the rows' own, or one with supervised weights.</param>
/// <param name="OutOfFold">[rows, classes]: out-of-fold logits, each row's by a model trained without it; of all rows, or of
/// <see cref="Rows"/>.</param>
public record LogitFit(ILogitModel Model, FeaturePipeline Pipeline, Logits OutOfFold)
{
    /// <summary>The rows that <see cref="OutOfFold"/> holds, in increasing order, of a learner that holds out only some; null where it
    /// holds all.</summary>
    public int[]? Rows { get; init; }
}
