namespace Credence.Report.Plots;

/// <summary>One mark of a plot and what it means.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Text">Its meaning.</param>
public sealed record LegendItem(LegendMark Mark, string Text);
