namespace Credence.Calibration;

/// <summary>A fitted value to show to a person.</summary>
/// <param name="Name">What it is: "temperature".</param>
/// <param name="Value">Its value.</param>
public sealed record CalibratorParameter(string Name, double Value);
