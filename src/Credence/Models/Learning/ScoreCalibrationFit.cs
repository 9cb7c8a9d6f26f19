using Credence.Calibration.Selection;

namespace Credence.Models.Learning;

/// <summary>A calibrator of saved scores, its selection, and its evaluation on rows it was not fitted on.</summary>
public sealed record ScoreCalibrationFit
{
    /// <summary>The calibrator, to save and apply.</summary>
    public required ScoreCalibrator Calibrator { get; init; }

    /// <summary>What was done to the scores before they were saved, and is undone; null for nothing.</summary>
    public ScoreUndoing? Undoing => Calibrator.Undoing;

    /// <summary>The methods that were tried and the chosen one.</summary>
    public required CalibratorSelection Selection { get; init; }

    /// <summary>The metrics before and after calibration.</summary>
    public required ClassifierEvaluation Evaluation { get; init; }

    /// <summary>The evaluated rows, 0-based, in the order of the evaluation.</summary>
    public required IReadOnlyList<int> MeasuredRows { get; init; }

    /// <summary>How many rows of each class the scores expect among those fitted on: the sums of their uncalibrated
    /// probabilities.</summary>
    public required IReadOnlyList<double> ExpectedCounts { get; init; }

    /// <summary>Whether the evaluation is of the rows that the calibrator was fitted on, each by a fit without it.</summary>
    public required bool IsCrossFitted { get; init; }

    /// <summary>Notes for the user, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
