namespace Credence.Optimization;

/// <summary>The progress of a fit.</summary>
/// <param name="Pass">Passes over the rows so far; a product with all rows, or with their transpose, counts as half a pass.</param>
/// <param name="Objective">The objective J at the current weights.</param>
/// <param name="Gap">An upper bound on J minus its optimum; null where there is no bound.</param>
/// <param name="HeldOutLogLoss">The mean log loss on held-out rows, in nats; null where none are held out.</param>
/// <param name="Fraction">An estimate of the fraction of the work done, 0 to 1.</param>
public sealed record TrainingProgress(int Pass, double Objective, double? Gap, double? HeldOutLogLoss, double Fraction);
