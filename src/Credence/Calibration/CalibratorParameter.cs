namespace Credence.Calibration;

/// <summary>A fitted parameter, for display.</summary>
/// <param name="Name">Its name: "temperature".</param>
/// <param name="Value">Its value.</param>
public sealed record CalibratorParameter(string Name, double Value);
