namespace Credence.Shift;

/// <summary>A thing that an estimate rests on.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Holds">Whether it holds, or is allowed for, as far as the rows can show; null where they can't.</param>
/// <param name="Text">How it stands, in words.</param>
public sealed record EstimateAssumption(string Name, bool? Holds, string Text);
