using Credence.Data;
using Credence.Evaluation.Results;
using Credence.Models;
using Credence.Models.Learning;

namespace Credence.Workflows.Training;

/// <summary>Trains a calibrated classifier on rows of files and evaluates it on rows it was not trained on: read, split, fit, evaluate.
/// <c>new TrainingWorkflow().Run(new DataInput("iris.csv") { Reading = new() { Label = "species" } }).Save("iris.credence")</c>.</summary>
public sealed class TrainingWorkflow
{
    private readonly TrainingWorkflowOptions options;

    /// <summary>A workflow with the given options.</summary>
    /// <exception cref="WorkflowOptionException">An option is out of range, or two contradict each other.</exception>
    public TrainingWorkflow(TrainingWorkflowOptions? options = null)
    {
        this.options = options ?? new TrainingWorkflowOptions();
        this.options.Check();
    }

    /// <summary>Reads, splits, trains and evaluates: in memory, or from disk with streaming options; for rows with one label or with
    /// several, as
    /// the data has them. Nothing is written except the requested checkpoint.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="progress">Receives each stage and note.</param>
    /// <param name="cancellationToken">Cancels the work, within a second.</param>
    /// <exception cref="WorkflowOptionException">An option is not valid or doesn't fit the data, or no option names the label
    /// is.</exception>
    /// <exception cref="ArgumentException">An option of the learner is out of range.</exception>
    /// <exception cref="InvalidDataException">The data can't be read, or can't be trained on: the message says where and why.</exception>
    /// <exception cref="InsufficientMemoryException">The data is too large for memory and streaming was not requested.</exception>
    public ITrainingOutcome Run(
        DataInput input, IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (options.Streaming is { } streaming)
            return StreamedTraining.Run(options, streaming, input, new StageReporter(progress), cancellationToken);

        TrainingData data = TrainingData.Read(input, options, progress, cancellationToken);
        return data.Train.LabelSets is null
            ? Train(data, progress, cancellationToken)
            : TrainMultiLabel(data, progress, cancellationToken);
    }

    /// <summary>Trains and evaluates on rows with one label each that are in memory.</summary>
    /// <param name="data">The rows; without rows to evaluate on, cross-validation evaluates.</param>
    /// <param name="progress">Receives each stage and note.</param>
    /// <param name="cancellationToken">Cancels the work, within a second.</param>
    /// <exception cref="InvalidDataException">The rows can't be trained on: the message says why.</exception>
    public TrainingOutcome Train(
        TrainingData data, IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var stages = new StageReporter(progress);
        EvaluationOptions measuring = options.EvaluationOrDefault;
        int folds = Folds(data);
        ClassifierEvaluation? crossed = folds == 0 ? null : CrossValidation.Evaluate(
            data.Train,
            Credence.Data.Splits.Folds.Stratified(data.Train, folds, options.Classifier.Seed),
            (train, fold) => Learn(train, $"fold {fold + 1} of {folds}").Classifier,
            measuring,
            cancellationToken);
        ClassifierFit fit = Learn(data.Train, WorkflowStage.Training);
        stages.Notes(fit.Notes);
        ClassifierEvaluation evaluation = crossed
            ?? stages.Run(
                WorkflowStage.Evaluating,
                _ => fit.Classifier.Evaluate(data.Test!, measuring, cancellationToken).With(data.Unseen, data.Test!.Weights));
        return TrainingOutcome.Of(options, data, fit, evaluation, data.Test ?? data.Train, folds);

        ClassifierFit Learn(DataSet rows, string stage) =>
            stages.Learn(stage, told => new ClassifierLearner(options.Classifier).Fit(rows, told, cancellationToken));
    }

    /// <summary>Trains and evaluates on rows with several labels that are in memory.</summary>
    /// <param name="data">The rows; without rows to evaluate on, cross-validation evaluates.</param>
    /// <param name="progress">Receives each stage and note.</param>
    /// <param name="cancellationToken">Cancels the work, within a second.</param>
    /// <exception cref="WorkflowOptionException">An option is only for rows with one label.</exception>
    /// <exception cref="InvalidDataException">The rows can't be trained on: the message says why.</exception>
    public MultiLabelTrainingOutcome TrainMultiLabel(
        TrainingData data, IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Folds(data);
        return MultiLabelTraining.Run(options, data, new StageReporter(progress), cancellationToken);
    }

    private int Folds(TrainingData data) => data.Test is not null ? 0
        : options.Folds > 0 ? options.Folds
        : throw new WorkflowOptionException("There are no rows to evaluate on: hold some out, or set the folds.", nameof(options.Folds));
}
