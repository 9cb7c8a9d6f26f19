namespace Credence.Models;

/// <summary>What a model file holds: a classifier of rows, or a calibrator of scores. One of the two is set.</summary>
public sealed record SavedModel
{
    /// <summary>The classifier, or null.</summary>
    public Classifier? Classifier { get; init; }

    /// <summary>The calibrator, or null.</summary>
    public ScoreCalibrator? Calibrator { get; init; }
}
