namespace Credence.Evaluation.Metrics;

/// <summary>The scores of each row at the best temperature, in the order of confidence.</summary>
/// <param name="LogLoss">−ln p(label).</param>
/// <param name="Brier">Σ_k (p_k − [k = label])².</param>
internal sealed record RefinedRows(double[] LogLoss, double[] Brier);
