namespace Credence.Linear.Minibatch;

/// <summary>A model fitted by minibatches, with the results of its passes.</summary>
/// <param name="Model">The model. Its certificate has J and ‖∇J‖ over all rows, from a last pass, and no optimality bound.</param>
/// <param name="Passes">The results of every pass.</param>
public sealed record MinibatchFit(SoftmaxModel Model, IReadOnlyList<MinibatchPass> Passes);
