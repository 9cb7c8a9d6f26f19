using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Models;
using Credence.Models.Learning;
using Credence.Models.Streaming;

namespace Credence.Workflows.Training;

/// <summary>Training from disk: the same classifier, metrics and report, in memory that does not grow with the rows.</summary>
internal static class StreamedTraining
{
    private const int MostTestRows = 100_000, MostTestScores = 1 << 25;

    /// <exception cref="WorkflowOptionException">Rows have several labels, or the options name a column to split by.</exception>
    public static void Check(ReadOptions reading)
    {
        if (reading.LabelSeparator is { Length: > 0 })
        {
            throw new WorkflowOptionException(
                "Rows with several labels can't be streamed; streaming needs one label per row.", nameof(reading.LabelSeparator));
        }

        if (reading.SplitColumn is not null || reading.SplitByTime is not null)
        {
            throw new WorkflowOptionException(
                "A split by a column or by time can't be combined with streaming, which holds out rows by a hash of their content.",
                reading.SplitColumn is null ? nameof(reading.SplitByTime) : nameof(reading.SplitColumn));
        }
    }

    /// <summary>Trains and evaluates.</summary>
    public static TrainingOutcome Run(
        TrainingWorkflowOptions options,
        StreamingOptions streaming,
        DataInput input,
        StageReporter stages,
        CancellationToken cancellationToken)
    {
        Check(input.Reading);
        if (options.ValidationPath is { } valid)
            input = input with { Paths = [.. input.Paths, valid] };

        using IRowSource source = stages.Run(WorkflowStage.Reading, _ => input.Open(cancellationToken: cancellationToken));
        LabelledRows.CheckSaysLabel(source);
        stages.Notes(source.Notes);

        // The rows to evaluate on are read before the training, so that a fault in them ends the work early.
        DataSet? given = options.TestPath is { } path ? TestRows(input, path, options, source, cancellationToken) : null;
        var learning = new StreamedClassifierOptions
        {
            Classifier = options.Classifier,
            Training = streaming.Minibatches,
            TestFraction = options.TestPath is null ? options.TestFraction : 0,
            Positive = input.Reading.Positive,
        };
        StreamedFit streamed = stages.Learn(WorkflowStage.Training, told => new StreamedClassifierLearner(learning).Fit(
            source, streaming.Checkpoint, told, cancellationToken));
        ClassifierFit fit = streamed.Fit;
        stages.Notes(fit.Notes);
        DataSet test = given ?? streamed.Test;
        int most = MostTestScores / fit.Classifier.Classes.Count;
        if (test.Rows > most)
            test = test.Select([.. Enumerable.Range(0, most).Select(i => (int)((long)i * test.Rows / most))]);

        UnseenLabels? unseen = UnseenLabels.Split(test, fit.Classifier.Classes, out test, out _);
        stages.Notes(unseen is null ? [] : [unseen.Note]);
        ClassifierEvaluation evaluation = stages.Run(
            WorkflowStage.Evaluating,
            _ => fit.Classifier.Evaluate(test, options.EvaluationOrDefault, cancellationToken).With(unseen, test.Weights));
        TrainingData data = stages.Run(WorkflowStage.Fingerprint, _ => TrainingData.Of(input, source, test.Select([])));
        data = data with { Notes = source.Notes };
        return TrainingOutcome.Of(options, data, fit, evaluation, test, folds: 0) with { Passes = streamed.Passes };
    }

    private static DataSet TestRows(
        DataInput input, string path, TrainingWorkflowOptions options, IRowSource like, CancellationToken cancellationToken)
    {
        using IRowSource source = TrainingData.OpenTest(input, path, options, like, cancellationToken);
        return RowSample.Draw(source, MostTestRows, options.Classifier.Seed, cancellationToken);
    }
}
