using Credence.Evaluation;
using Credence.Models;
using Credence.Persistence;

namespace Credence.Workflows.Training;

/// <summary>A trained classifier with its evaluation: a <see cref="TrainingOutcome"/> where each row has one label, a
/// <see cref="MultiLabelTrainingOutcome"/> where a row may have several.</summary>
public interface ITrainingOutcome
{
    /// <summary>The rows.</summary>
    TrainingData Data { get; }

    /// <summary>The number of folds of the evaluation, or 0 where rows were held out.</summary>
    int Folds { get; }

    /// <summary>The training facts in the classifier's file.</summary>
    TrainingFacts Facts { get; }

    /// <summary>The classes' names.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>The metrics of the calibrated probabilities on rows not used for training.</summary>
    ModelEvaluation Calibrated { get; }

    /// <summary>The same before calibration.</summary>
    ModelEvaluation Uncalibrated { get; }

    /// <summary>What was detected, left out or refused, one sentence each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Writes the classifier atomically.</summary>
    /// <param name="path">The file; it is overwritten.</param>
    /// <exception cref="IOException">The file can't be written; an existing one is unchanged.</exception>
    void Save(string path);

    /// <summary>Writes the classifier to a file that gets its name later.</summary>
    /// <param name="path">The file that it will overwrite.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    PendingFile Prepare(string path);
}
