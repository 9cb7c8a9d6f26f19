namespace Credence.Evaluation;

/// <summary>How far one draw of noise moves each calibration error: from the gaps that are certain (low), and from all as they were seen (high).</summary>
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
    CorpSplit Corp);
