using Credence.Features;
using Credence.LogitModels;

namespace Credence.Linear.Path;

/// <summary>A fit of softmax regression, with the penalties that were tried.</summary>
/// <param name="Path">The penalties, the chosen one, and its model.</param>
/// <param name="Features">The pipeline that makes the model's features.</param>
public sealed record LinearLogitFit(RegularizationPathResult<SoftmaxModel> Path, FeaturePipeline Features)
    : LogitFit(Path.Model, Features, Path.OutOfFold);
