namespace Credence.Linear.Path;

/// <summary>The result of a penalty on held-out rows.</summary>
/// <param name="Lambda">λ, the strength of the penalty.</param>
/// <param name="HeldOutLogLoss">The weighted mean out-of-fold log loss over all rows, in nats.</param>
/// <param name="StandardError">The standard error of that mean.</param>
public readonly record struct PathPoint(double Lambda, double HeldOutLogLoss, double StandardError);
