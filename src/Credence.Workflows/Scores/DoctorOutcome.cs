using Credence.Diagnostics;

namespace Credence.Workflows.Scores;

/// <summary>The diagnosis of saved scores: their format, the findings, and the calibrator that corrects them.</summary>
/// <param name="Format">The format of the numbers.</param>
/// <param name="Diagnosis">The verdict and the findings.</param>
/// <param name="Calibration">The calibrator and the evaluation before and after.</param>
public sealed record DoctorOutcome(ScoreFormatReport Format, Diagnosis Diagnosis, CalibrationOutcome Calibration);
