using Credence.Conformal;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Workflows.Scores;

namespace Credence.Workflows.Predictions;

/// <summary>Predicts the rows of files a chunk at a time, in memory that does not grow with them, or saved scores of any system.
/// Nothing is
/// written.</summary>
public sealed class PredictionWorkflow
{
    private const int RowsPerChunk = 8192;

    private readonly PredictionOptions options;

    /// <summary>A workflow with the given options.</summary>
    public PredictionWorkflow(PredictionOptions? options = null) => this.options = options ?? new PredictionOptions();

    private delegate IReadOnlyList<Prediction> PredictRows(Table table, ICollection<string> notes);

    /// <summary>Predicts with a classifier of rows with one label. The rows are read as the result is enumerated; where the options ask
    /// for something of
    /// all rows together, they are one chunk.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="input">The rows, with or without labels.</param>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Predicting"/> and notes.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ArgumentException">An option is out of range, or needs something that the model doesn't have.</exception>
    /// <exception cref="InvalidDataException">The data can't be read: the message says where and why. Thrown when it is
    /// enumerated.</exception>
    public IEnumerable<PredictedRows> Run(
        Classifier classifier, DataInput input, IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var predictor = classifier.PredictorFor(options);
        bool together = options.EstimatesPrior || options.FalseDiscoveryRate is not null;
        return Stream(
            classifier.Pipeline.Inputs,
            (table, notes) => classifier.PredictWith(predictor, table, notes, cancellationToken),
            input.LikeTraining(classifier.Facts),
            together,
            progress,
            cancellationToken);
    }

    /// <summary>Predicts with a classifier of rows with several labels; of the options it takes <see cref="PredictionOptions.Top"/> and
    /// <see cref="PredictionOptions.MaxThreads"/>.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="input">The rows, with or without labels.</param>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Predicting"/> and notes.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="InvalidDataException">The data can't be read: the message says where and why. Thrown when it is
    /// enumerated.</exception>
    public IEnumerable<PredictedRows> Run(
        MultiLabelClassifier classifier,
        DataInput input,
        IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default) => Stream(
            classifier.Pipeline.Inputs,
            (table, notes) => classifier.Predict(table, options.Top, notes, options.MaxThreads, options.AllowAbsentColumns,
                cancellationToken),
            input.LikeTraining(classifier.Facts),
            together: false,
            progress,
            cancellationToken);

    /// <summary>Predicts from scores with a calibrator.</summary>
    /// <param name="calibrator">The calibrator.</param>
    /// <param name="scores">Scores of its kind and classes, with groups where the calibrator has groups.</param>
    /// <param name="progress">Receives notes.</param>
    /// <exception cref="WorkflowOptionException">The scores are of the other kind, or have no groups.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or needs something that the calibrator doesn't have.</exception>
    /// <exception cref="InvalidDataException">Their classes differ, or a row can't be of that kind.</exception>
    public PredictedRows Run(ScoreCalibrator calibrator, SavedScores scores, IProgress<WorkflowProgress>? progress = null)
    {
        // A wrong option is said before anything is said of the scores.
        calibrator.PredictorFor(options);
        scores = ScoreMatching.ForCalibrator(scores, calibrator, progress);
        if (scores.Groups is null && (calibrator.ByGroup is not null || calibrator.Sets?.Partition == ConformalPartition.Group))
        {
            throw new WorkflowOptionException(
                "This calibrator is fitted by group, and these scores have no groups: "
                + $"name their column, as '{calibrator.GroupColumn}' was when it was fitted.",
                nameof(ReadOptions.Group));
        }

        var notes = new List<string>();
        IReadOnlyList<Prediction> predictions = calibrator.Predict(scores.Values, options, scores.Groups, notes);
        new StageReporter(progress).Notes(notes);
        return new PredictedRows(0, predictions) { Kept = scores.Kept };
    }

    private static string[]? FilesOf(DataChunk chunk) => chunk.Places is { Count: > 0 } places && places.FileOf(0) is not null
        ? [.. Enumerable.Range(0, places.Count).Select(row => places.FileOf(row)!)] : null;

    private static IEnumerable<PredictedRows> Stream(
        IReadOnlyList<ColumnSchema> inputs,
        PredictRows predict,
        DataInput input,
        bool together,
        IProgress<WorkflowProgress>? progress,
        CancellationToken cancellationToken)
    {
        var stages = new StageReporter(progress);
        using IRowSource source = input.Open(inputs, cancellationToken);
        var told = new HashSet<string>(StringComparer.Ordinal);
        using (stages.Begin(WorkflowStage.Predicting, out IProgress<double> part))
        {
            // Estimates over all rows need them at once.
            IEnumerable<DataChunk> chunks = together
                ? [source.ReadAll(part, cancellationToken)]
                : source.Read(RowsPerChunk, part, cancellationToken);
            foreach (DataChunk chunk in chunks)
            {
                var notes = new List<string>();
                var rows = new PredictedRows(chunk.FirstRow, predict(chunk.Features, notes))
                {
                    Files = FilesOf(chunk),
                    Kept = chunk.Kept,
                };
                yield return rows;
                stages.Notes(notes.Where(told.Add));
            }
        }

        stages.Notes(source.Notes);
    }
}
