namespace Credence.Evaluation.Results;

/// <summary>The predictions whose confidence lies in (Low, High], and how often they were right.</summary>
/// <param name="Low">The bin's lower edge.</param>
/// <param name="High">Its upper edge.</param>
/// <param name="Count">Its rows.</param>
/// <param name="Confidence">Their mean confidence; NaN where there are none.</param>
/// <param name="Accuracy">The share that was right.</param>
/// <param name="BandLow">The lower end of the 95 % band of a calibrated model on this many rows.</param>
/// <param name="BandHigh">The upper end of the band.</param>
public readonly record struct ReliabilityBin(
    double Low, double High, int Count, double Confidence, double Accuracy, double BandLow, double BandHigh);
