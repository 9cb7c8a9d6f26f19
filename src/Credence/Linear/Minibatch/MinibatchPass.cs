namespace Credence.Linear.Minibatch;

/// <summary>What a pass over the rows gave.</summary>
/// <param name="Loss">The weighted mean loss of its steps, each before it was made, in nats.</param>
/// <param name="HeldOutLogLoss">The mean log loss on held-out rows after it, in nats; NaN where none are held out.</param>
public readonly record struct MinibatchPass(double Loss, double HeldOutLogLoss);
