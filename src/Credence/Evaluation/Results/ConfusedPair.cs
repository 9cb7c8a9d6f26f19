namespace Credence.Evaluation.Results;

/// <summary>How often one class was predicted as another.</summary>
/// <param name="Truth">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Count">Rows.</param>
public readonly record struct ConfusedPair(int Truth, int Predicted, int Count);
