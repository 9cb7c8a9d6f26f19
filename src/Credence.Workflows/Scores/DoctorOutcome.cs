using Credence.Diagnostics;

namespace Credence.Workflows.Scores;

/// <summary>What saved scores are, how far they can be trusted, and what to do: the remedy is the calibrator.</summary>
/// <param name="Format">What the numbers are.</param>
/// <param name="Diagnosis">The verdict and the findings.</param>
/// <param name="Calibration">The calibrator and the evaluation before and after.</param>
public sealed record DoctorOutcome(ScoreFormatReport Format, Diagnosis Diagnosis, CalibrationOutcome Calibration);
