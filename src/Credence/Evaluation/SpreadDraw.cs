namespace Credence.Evaluation;

/// <summary>How far one draw of noise moves each calibration error: from the gaps shrunken by what chance explains (low), and from the gaps as they were seen (high); the sum of the noise; and CORP's miscalibration of the draw.</summary>
internal readonly record struct SpreadDraw(
    double EceLow,
    double EceHigh,
    double EqualMassLow,
    double EqualMassHigh,
    double SquaredLow,
    double SquaredHigh,
    double KsLow,
    double KsHigh,
    double SmoothLow,
    double SmoothHigh,
    double Total,
    double Miscalibration);
