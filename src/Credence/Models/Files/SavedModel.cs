namespace Credence.Models.Files;

/// <summary>What a model file holds: a classifier of rows with one label or with several, or a calibrator of scores. One of them is set.</summary>
public sealed record SavedModel
{
    /// <summary>The classifier, or null.</summary>
    public Classifier? Classifier { get; init; }

    /// <summary>The classifier of rows with several labels, or null.</summary>
    public MultiLabelClassifier? MultiLabel { get; init; }

    /// <summary>The calibrator, or null.</summary>
    public ScoreCalibrator? Calibrator { get; init; }
}
