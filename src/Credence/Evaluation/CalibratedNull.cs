namespace Credence.Evaluation;

/// <summary>What a figure would be if the probabilities were right: labels drawn from them, the same rows and weights.</summary>
/// <param name="Mean">The mean over the draws.</param>
/// <param name="P95">What it stays at or under in 95 of 100 draws: of N draws the ⌈0.95 (N + 1)⌉-th smallest, so that a calibrated
/// model is above it with probability at most 5 %, exactly (Barnard's Monte Carlo test, 1963).</param>
public readonly record struct CalibratedNull(double Mean, double P95);
