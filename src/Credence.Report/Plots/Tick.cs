namespace Credence.Report.Plots;

/// <summary>A mark on an axis.</summary>
/// <param name="Value">Where, in the data's unit.</param>
/// <param name="Text">What is written there.</param>
public readonly record struct Tick(double Value, string Text);
