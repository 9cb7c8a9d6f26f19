using Credence.Data;
using Credence.Data.Scores;
using Credence.Files.Records;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Shift;

namespace Credence.Workflows.Scores;

/// <summary>Estimates the accuracy of a model on rows without labels from its own probabilities, and checks each assumption. Nothing is
/// written.</summary>
/// <param name="maxThreads">The maximum number of threads; 0 uses one per core. Results don't depend on it.</param>
public sealed class UnlabelledWorkflow(int maxThreads = 0)
{
    /// <summary>Estimates the accuracy of a classifier.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="input">Rows, with or without labels.</param>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Reading"/>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">The model does not store its class priors, or an option is not valid.</exception>
    /// <exception cref="InvalidDataException">The data can't be read.</exception>
    public UnlabelledOutcome Run(
        Classifier classifier, DataInput input, IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        LabelShift source = Required(classifier.Shift);
        using IRowSource rows = input.LikeTraining(classifier.Facts).Open(classifier.Pipeline.Inputs, cancellationToken);
        Table features = new StageReporter(progress).Read(WorkflowStage.Reading, told => rows.ReadAll(told, cancellationToken)).Features;
        MemoryNeed.Check(features, classifier.Classes.Count, input.Reading);
        (_, Probabilities probabilities, double[]? outlierScores) = classifier.ScoreWithOutliers(
            features, maxThreads: maxThreads, cancellationToken: cancellationToken);
        return new UnlabelledOutcome(AccuracyEstimate.Compute(probabilities, source, classifier.Outliers, outlierScores), source);
    }

    /// <summary>Estimates the accuracy of calibrated scores.</summary>
    /// <param name="calibrator">The calibrator.</param>
    /// <param name="scores">Scores of its kind and classes.</param>
    /// <param name="progress">Receives notes.</param>
    /// <exception cref="WorkflowOptionException">The calibrator does not store its class priors, or the scores are of the other
    /// kind.</exception>
    /// <exception cref="InvalidDataException">The classes differ, or a row can't be of that kind.</exception>
    public UnlabelledOutcome Run(ScoreCalibrator calibrator, SavedScores scores, IProgress<WorkflowProgress>? progress = null)
    {
        LabelShift source = Required(calibrator.Shift);
        scores = ScoreMatching.ForCalibrator(scores, calibrator, progress);
        Probabilities probabilities = calibrator.Apply(scores.Values, maxThreads, scores.Groups);
        return new UnlabelledOutcome(AccuracyEstimate.Compute(probabilities, source), source);
    }

    private static LabelShift Required(LabelShift? shift) =>
        shift ?? throw new WorkflowOptionException("The model does not store its class priors. Train or calibrate it again.");
}
