using Credence.Data.Scores;
using Credence.Features;

namespace Credence.LogitModels;

/// <summary>The result of a learner.</summary>
/// <param name="Model">The model, fitted on all rows.</param>
/// <param name="Pipeline">The pipeline that makes its features: the rows' own, or one with supervised weights.</param>
/// <param name="OutOfFold">[rows, classes]: out-of-fold logits, each row's by a model trained without it.</param>
public record LogitFit(ILogitModel Model, FeaturePipeline Pipeline, Logits OutOfFold);
