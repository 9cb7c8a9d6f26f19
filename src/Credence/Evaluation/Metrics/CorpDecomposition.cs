namespace Credence.Evaluation.Metrics;

/// <summary>The Brier score of a binary event in three parts, by isotonic recalibration: score = miscalibration − discrimination +
/// uncertainty
/// (T. Dimitriadis, T. Gneiting, A. Jordan 2021).</summary>
/// <param name="Miscalibration">The reduction of the score by recalibration.</param>
/// <param name="Discrimination">The gain of the recalibrated probability over always predicting the mean.</param>
/// <param name="Uncertainty">The score of always predicting the mean.</param>
internal readonly record struct CorpDecomposition(double Miscalibration, double Discrimination, double Uncertainty);
