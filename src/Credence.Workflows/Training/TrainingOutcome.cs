using Credence.Data;
using Credence.Evaluation;
using Credence.Linear.Minibatch;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Persistence;

namespace Credence.Workflows.Training;

/// <summary>A trained classifier of rows with one label, how it was made, and its evaluation.</summary>
public sealed record TrainingOutcome : ITrainingOutcome
{
    /// <inheritdoc/>
    public required TrainingData Data { get; init; }

    /// <summary>The fit of the classifier.</summary>
    public required ClassifierFit Fit { get; init; }

    /// <summary>The evaluation, on rows not used for training.</summary>
    public required ClassifierEvaluation Evaluation { get; init; }

    /// <summary>The rows evaluated on, in the order of the evaluation.</summary>
    public required DataSet Measured { get; init; }

    /// <summary>The classifier; its facts hold the data's description and the metrics.</summary>
    public required Classifier Classifier { get; init; }

    /// <summary>The prediction sets and their evaluation; null where the classifier has none.</summary>
    public SetResult? Sets { get; init; }

    /// <summary>The policy and its evaluation; null where none was asked for.</summary>
    public PolicyResult? Policy { get; init; }

    /// <inheritdoc/>
    public int Folds { get; init; }

    /// <summary>The losses of every epoch over streamed rows; empty where the rows were in memory.</summary>
    public IReadOnlyList<MinibatchPass> Passes { get; init; } = [];

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

    /// <summary>The outcome of a fit and its evaluation.</summary>
    /// <param name="options">The options.</param>
    /// <param name="data">The rows.</param>
    /// <param name="fit">The fit of the classifier.</param>
    /// <param name="evaluation">Its evaluation.</param>
    /// <param name="measured">The rows evaluated on.</param>
    /// <param name="folds">The number of folds of the evaluation, or 0 where rows were held out.</param>
    internal static TrainingOutcome Of(
        TrainingWorkflowOptions options, TrainingData data, ClassifierFit fit, ClassifierEvaluation evaluation, DataSet measured, int folds)
    {
        TrainingFacts facts = fit.Classifier.Facts with
        {
            Data = data.Description,
            DataFingerprint = data.Fingerprint,
            Layout = data.Layout,
        };
        facts = facts.Evaluated(evaluation.Labels.Count, evaluation.Calibrated, evaluation.Uncalibrated);
        return new TrainingOutcome
        {
            Data = data,
            Fit = fit,
            Evaluation = evaluation,
            Measured = measured,
            Classifier = fit.Classifier.With(facts),
            Sets = SetResult.Of(fit.Classifier.Sets, evaluation.Sets, evaluation.Labels.Count),
            Policy = folds > 0
                ? PolicyResult.Of(options.Classifier.Policy, evaluation.Probabilities, evaluation.Labels, options.Classifier.Seed)
                : PolicyResult.Of(fit.Classifier.Policy, evaluation.Probabilities, evaluation.Labels),
            Folds = folds,
        };
    }
}
