using Credence.Evaluation;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Persistence;

namespace Credence.Workflows.Training;

/// <summary>A trained classifier of rows with several labels, how it was made, and its evaluation.</summary>
public sealed record MultiLabelTrainingOutcome : ITrainingOutcome
{
    /// <inheritdoc/>
    public required TrainingData Data { get; init; }

    /// <summary>The fit of the classifier.</summary>
    public required MultiLabelFit Fit { get; init; }

    /// <summary>The classifier; its facts hold the data's description and the metrics.</summary>
    public required MultiLabelClassifier Classifier { get; init; }

    /// <summary>The evaluation, on rows not used for training.</summary>
    public required MultiLabelEvaluation Evaluation { get; init; }

    /// <inheritdoc/>
    public int Folds { get; init; }

    /// <inheritdoc/>
    public TrainingFacts Facts => Classifier.Facts;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => Classifier.Classes;

    /// <inheritdoc/>
    public ModelEvaluation Calibrated => Evaluation.Calibrated;

    /// <inheritdoc/>
    public ModelEvaluation Uncalibrated => Evaluation.Uncalibrated;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => [.. Data.Notes, .. Fit.Notes];

    /// <inheritdoc/>
    public void Save(string path) => ModelFile.Save(Classifier, path);

    /// <inheritdoc/>
    public PendingFile Prepare(string path) => ModelFile.Prepare(Classifier, path);
}
