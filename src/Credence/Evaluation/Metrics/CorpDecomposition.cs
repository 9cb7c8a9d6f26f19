namespace Credence.Evaluation.Metrics;

/// <summary>A Brier score of "did it come" in three parts, by isotonic recalibration: score = miscalibration − discrimination + uncertainty
/// (T. Dimitriadis, T. Gneiting, A. Jordan 2021).</summary>
/// <param name="Miscalibration">What recalibration takes off.</param>
/// <param name="Discrimination">How much better the recalibrated probability is than always saying the mean.</param>
/// <param name="Uncertainty">The score of always saying the mean.</param>
internal readonly record struct CorpDecomposition(double Miscalibration, double Discrimination, double Uncertainty);
