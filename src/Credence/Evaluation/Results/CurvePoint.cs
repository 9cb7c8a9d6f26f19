namespace Credence.Evaluation.Results;

/// <summary>A point of a reliability curve.</summary>
/// <param name="Confidence">The stated probability.</param>
/// <param name="Frequency">What it should have been: how often the event came, by isotonic regression.</param>
/// <param name="BandLow">Where that would lie at the least for a calibrated model, in 95 of 100 samples; NaN where not looked at.</param>
/// <param name="BandHigh">Where it would lie at the most.</param>
public readonly record struct CurvePoint(double Confidence, double Frequency, double BandLow, double BandHigh);
