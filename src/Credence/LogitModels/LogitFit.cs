using Credence.Data.Scores;
using Credence.Features;

namespace Credence.LogitModels;

/// <summary>What a learner made of rows.</summary>
/// <param name="Model">The model, fitted on all rows.</param>
/// <param name="Pipeline">What makes its features: the rows' own, or one that weighs them.</param>
/// <param name="OutOfFold">[rows, classes]: the logits of each row by a model that did not see it.</param>
public record LogitFit(ILogitModel Model, FeaturePipeline Pipeline, Logits OutOfFold);
