namespace Credence.Evaluation.Results;

/// <summary>A reliability curve without bins: the confidence recalibrated by isotonic regression, and the band in which a calibrated
/// model's curve lies (CORP; T. Dimitriadis, T. Gneiting, A. Jordan 2021).</summary>
/// <param name="Name">The class whose probability it is; null for the top label.</param>
/// <param name="Rows">Rows with the event: right ones, or those of the class.</param>
/// <param name="Points">From the least confidence to the largest, at most 100.</param>
/// <param name="Miscalibration">The reduction of the Brier score by recalibration.</param>
/// <param name="Discrimination">The gain of the recalibrated confidence over always predicting the mean.</param>
/// <param name="Uncertainty">The Brier score of always predicting the mean.</param>
/// <param name="Calibrated">The miscalibration of a calibrated model; null where it was not computed.</param>
public sealed record ReliabilityCurve(
    string? Name,
    int Rows,
    IReadOnlyList<CurvePoint> Points,
    double Miscalibration,
    double Discrimination,
    double Uncertainty,
    CalibratedNull? Calibrated);
