namespace Credence.Evaluation.Results;

/// <summary>What the best single temperature would make of these very rows: a look in the mirror, not a measure on new rows.</summary>
/// <param name="Temperature">T; above 1 the probabilities are overconfident.</param>
/// <param name="LogLoss">The log loss at T.</param>
/// <param name="Brier">The Brier score at T.</param>
/// <param name="Ece">The top label's expected calibration error at T, in the same equal-width bins.</param>
public sealed record TemperatureFit(double Temperature, double LogLoss, double Brier, double Ece);
