namespace Credence.Report.Sections;

/// <summary>A wrong prediction.</summary>
/// <param name="Row">The row, counted from 0.</param>
/// <param name="Excerpt">What the row held.</param>
/// <param name="Truth">Its true class.</param>
/// <param name="Predicted">The class it was taken for.</param>
/// <param name="Probability">How sure the prediction was.</param>
public sealed record Mistake(long Row, string Excerpt, string Truth, string Predicted, double Probability);
