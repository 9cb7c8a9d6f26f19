namespace Credence.Evaluation.Results;

/// <summary>What happens when only the most confident predictions are acted on.</summary>
/// <param name="Coverage">The share that is acted on.</param>
/// <param name="Risk">The share of those that is wrong, expected over the order of rows of equal confidence.</param>
public readonly record struct RiskAtCoverage(double Coverage, double Risk);
