namespace Credence.Linear.Minibatch;

/// <summary>A model fitted by minibatches and how it got there.</summary>
/// <param name="Model">The model. Its certificate has J and ‖∇J‖ over all rows, of a last pass, and no bound: minibatches prove none.</param>
/// <param name="Passes">What every pass gave.</param>
public sealed record MinibatchFit(SoftmaxModel Model, IReadOnlyList<MinibatchPass> Passes);
