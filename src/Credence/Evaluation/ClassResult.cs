namespace Credence.Evaluation;

/// <summary>How well one class is recognised.</summary>
/// <param name="Name">The class.</param>
/// <param name="Precision">The share of predictions of it that are right; NaN where it was never predicted.</param>
/// <param name="Recall">The share of its rows that are found; NaN where it has none.</param>
/// <param name="F1">2·right / (predicted + support); NaN where it was neither predicted nor present.</param>
/// <param name="Support">Its rows, whatever their weights.</param>
public sealed record ClassResult(string Name, double Precision, double Recall, double F1, int Support);
