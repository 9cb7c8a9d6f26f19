namespace Credence.Optimization;

/// <summary>Where a fit stands.</summary>
/// <param name="Pass">Passes over the rows so far: products of all rows with a vector, or with its transpose, count half each.</param>
/// <param name="Objective">The objective J at the current weights.</param>
/// <param name="Gap">How far J can still be above its optimum; null where there is no bound.</param>
/// <param name="HeldOutLogLoss">The mean log loss on held-out rows, in nats; null where none are held out.</param>
/// <param name="Fraction">A guess at the part of the work that is done, 0 to 1.</param>
public sealed record TrainingProgress(int Pass, double Objective, double? Gap, double? HeldOutLogLoss, double Fraction);
