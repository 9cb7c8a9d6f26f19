namespace Credence.Models;

/// <summary>What a model file can hold: a <see cref="Classifier"/>, a <see cref="MultiLabelClassifier"/> or a
/// <see cref="ScoreCalibrator"/>, and nothing else, since nothing outside this assembly can implement it.</summary>
public interface ISavedModel
{
    /// <summary>The classes' names; column k of every score is class k.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>The training data and the metrics.</summary>
    TrainingFacts Facts { get; }

    /// <summary>Its description in messages: "a classifier".</summary>
    internal string Description { get; }
}
