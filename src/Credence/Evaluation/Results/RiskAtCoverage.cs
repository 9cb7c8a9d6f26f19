namespace Credence.Evaluation.Results;

/// <summary>A point of the risk–coverage curve.</summary>
/// <param name="Coverage">The coverage: the share of rows answered, most confident first.</param>
/// <param name="Risk">The error rate of those rows, expected over the order of rows of equal confidence.</param>
public readonly record struct RiskAtCoverage(double Coverage, double Risk);
