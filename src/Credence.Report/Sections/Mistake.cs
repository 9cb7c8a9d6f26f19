namespace Credence.Report.Sections;

/// <summary>A wrong prediction.</summary>
/// <param name="Row">The row, counted from 0.</param>
/// <param name="Excerpt">The row's content, shortened.</param>
/// <param name="Truth">Its true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Probability">The predicted probability.</param>
public sealed record Mistake(long Row, string Excerpt, string Truth, string Predicted, double Probability);
