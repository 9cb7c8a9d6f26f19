namespace Credence.Report.Plots;

/// <summary>A bar: its name, its length and what is written beside it.</summary>
/// <param name="Name">The name, already fit to be shown.</param>
/// <param name="Value">The length; below 0 it points the other way.</param>
/// <param name="Text">The value as written.</param>
public readonly record struct BarRow(string Name, double Value, string Text);
