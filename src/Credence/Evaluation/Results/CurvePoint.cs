namespace Credence.Evaluation.Results;

/// <summary>A point of a reliability curve.</summary>
/// <param name="Confidence">The predicted probability.</param>
/// <param name="Frequency">The observed frequency of the event, by isotonic regression.</param>
/// <param name="BandLow">Where that would lie at the least for a calibrated model, in 95 of 100 samples; NaN where not computed.</param>
/// <param name="BandHigh">The upper end of the band.</param>
public readonly record struct CurvePoint(double Confidence, double Frequency, double BandLow, double BandHigh);
