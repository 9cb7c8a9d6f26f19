namespace Credence.Report.Plots;

/// <summary>A bar: its name, its length and what is written beside it.</summary>
/// <param name="Name">The name, already safe to show.</param>
/// <param name="Value">The length; a negative bar points the other way.</param>
/// <param name="Text">The value as written.</param>
public readonly record struct BarRow(string Name, double Value, string Text);
