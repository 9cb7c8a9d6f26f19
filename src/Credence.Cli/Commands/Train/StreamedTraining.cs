using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Data;
using Credence.Evaluation;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Models;
using Credence.Models.Learning;
using Credence.Models.Streaming;

namespace Credence.Cli.Commands.Train;

/// <summary>Training from disk: the same classifier, figures and report, in memory that does not grow with the rows.</summary>
internal static class StreamedTraining
{
    private const int MostTestRows = 100_000;

    /// <summary>Trains and measures.</summary>
    public static TrainingOutcome Of(TrainingRequest request)
    {
        Invocation invocation = request.Invocation;
        if (request.Options.L1Ratio > 0)
            throw new UsageException("--l1-ratio can't be with --stream: minibatches make no weight exactly 0.");

        ReadOptions reading = DataOptions.Read(invocation);
        reading = reading with { Label = reading.Label ?? request.Label };
        string[] paths = invocation.Get(SplitOptions.Valid) is { } valid ? [.. request.Paths, valid] : request.Paths;
        string? testPath = request.Test ?? invocation.Get(SplitOptions.Test), checkpoint = invocation.Get(StreamOptions.Checkpoint);
        using IRowSource source = invocation.Progress.Run("reading", _ => DataSource.Open(invocation, paths, reading));
        LabelledRows.CheckSaysLabel(source);
        foreach (string note in source.Notes)
            invocation.Progress.Note($"  {note}");

        var options = new StreamedClassifierOptions
        {
            Classifier = request.Options,
            Training = StreamOptions.Read(invocation),
            TestFraction = testPath is null ? invocation.Get(SplitOptions.TestSize) : 0,
            Positive = reading.Positive,
        };
        StreamedFit streamed = invocation.Progress.Run("training", tell => new StreamedClassifierLearner(options).Fit(
            new FileRows(source), checkpoint, new StageReports(tell, invocation.Progress), invocation.Cancellation));
        ClassifierFit fit = streamed.Fit;
        foreach (string note in fit.Notes)
            invocation.Progress.Note($"  {note}");

        DataSet test = testPath is null ? streamed.Test : TestRows(invocation, reading, source, testPath);
        var measuring = new EvaluationOptions { Seed = invocation.Seed, MaxThreads = invocation.Threads };
        ClassifierEvaluation evaluation = invocation.Progress.Run("evaluating", _ => fit.Classifier.Evaluate(test, measuring, invocation.Cancellation));
        var data = new TrainingData
        {
            Train = test.Select([]),
            Description = TrainingData.Named(source.Description, paths),
            Kind = source.Kind,
            LabelName = source.LabelName ?? "label",
            Fingerprint = invocation.Progress.Run("fingerprint", _ => source.Fingerprint),
            Notes = source.Notes,
            Parts = [],
        };
        return TrainingOutcome.From(request, data, fit, evaluation, test, folds: 0) with { Passes = streamed.Passes };
    }

    private static DataSet TestRows(Invocation invocation, ReadOptions reading, IRowSource like, string path)
    {
        string? labels = invocation.Get(SplitOptions.TestLabels);
        if (reading.LabelsFile is not null && labels is null)
            throw new UsageException($"The labels of '{path}' are missing: give --test-labels FILE beside --labels.");

        using IRowSource source = DataSource.Open(invocation, [path], reading with { LabelsFile = labels ?? reading.LabelsFile }, like.Schema);
        return RowSample.Draw(new FileRows(source), MostTestRows, invocation.Seed, invocation.Cancellation);
    }
}
