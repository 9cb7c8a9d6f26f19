namespace Credence.Linear.Minibatch;

/// <summary>The results of a pass over the rows.</summary>
/// <param name="Loss">The weighted mean loss of its minibatches, each before its step, in nats.</param>
/// <param name="HeldOutLogLoss">The mean log loss on held-out rows after it, in nats; NaN where none are held out.</param>
public readonly record struct MinibatchPass(double Loss, double HeldOutLogLoss);
