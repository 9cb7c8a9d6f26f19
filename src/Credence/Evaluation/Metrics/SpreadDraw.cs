namespace Credence.Evaluation.Metrics;

/// <summary>What one draw of noise makes of the binned errors whose gaps are of each of <see cref="ScaledGaps.Shares"/>, as uneven (low)
/// and as even (high) as is likely; how far it moves the squared error, and the errors without bins from the gaps shrunken by what chance
/// explains (low) and as they were seen (high); the sum of the noise; and CORP's miscalibration of the draw.</summary>
internal readonly record struct SpreadDraw(
    double[] EceLow,
    double[] EceHigh,
    double[] EqualMassLow,
    double[] EqualMassHigh,
    double Squared,
    double KsLow,
    double KsHigh,
    double SmoothLow,
    double SmoothHigh,
    double Total,
    double Miscalibration);
