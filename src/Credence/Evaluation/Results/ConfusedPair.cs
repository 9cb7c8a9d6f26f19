namespace Credence.Evaluation.Results;

/// <summary>How often one class was taken for another.</summary>
/// <param name="Truth">The true class.</param>
/// <param name="Predicted">What it was taken for.</param>
/// <param name="Count">Rows.</param>
public readonly record struct ConfusedPair(int Truth, int Predicted, int Count);
