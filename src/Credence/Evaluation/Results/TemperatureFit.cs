namespace Credence.Evaluation.Results;

/// <summary>The best single temperature fitted on these rows: a description of these rows, not an estimate for new ones.</summary>
/// <param name="Temperature">T; above 1 the probabilities are overconfident.</param>
/// <param name="LogLoss">The log loss at T.</param>
/// <param name="Brier">The Brier score at T.</param>
/// <param name="Ece">The top label's expected calibration error at T, in the same equal-width bins.</param>
public sealed record TemperatureFit(double Temperature, double LogLoss, double Brier, double Ece);
