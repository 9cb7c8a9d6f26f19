using Credence.Calibration.Selection;

namespace Credence.Models.Learning;

/// <summary>A calibrator of saved scores, how it was chosen, and how it did on rows it was not fitted on.</summary>
public sealed record ScoreCalibrationFit
{
    /// <summary>The calibrator, as one thing to save and apply.</summary>
    public required ScoreCalibrator Calibrator { get; init; }

    /// <summary>The methods that were tried, and the chosen one.</summary>
    public required CalibratorSelection Selection { get; init; }

    /// <summary>The figures before and after.</summary>
    public required ClassifierEvaluation Evaluation { get; init; }

    /// <summary>The rows measured on, 0-based, in the order of the evaluation.</summary>
    public required IReadOnlyList<int> MeasuredRows { get; init; }

    /// <summary>What a person should know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
