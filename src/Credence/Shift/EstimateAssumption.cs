namespace Credence.Shift;

/// <summary>An assumption of an estimate.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Holds">Whether it holds, or is corrected for, by a test on the rows; null where it can't be tested.</param>
/// <param name="Text">Its state, in words.</param>
public sealed record EstimateAssumption(string Name, bool? Holds, string Text);
