namespace Credence.Linear.Path;

/// <summary>What a penalty gave on rows held out.</summary>
/// <param name="Lambda">λ, the strength of the penalty.</param>
/// <param name="HeldOutLogLoss">The weighted mean log loss over all rows, each scored by a model that did not see it, in nats.</param>
/// <param name="StandardError">The standard error of that mean.</param>
public readonly record struct PathPoint(double Lambda, double HeldOutLogLoss, double StandardError);
