using System.CommandLine;
using Credence.Cli.Commands.Scores;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Persistence;

namespace Credence.Cli.Commands.Predict;

/// <summary><c>credence predict MODEL DATA</c>: label, probability, top classes, prediction set, and whether to abstain; rows stream
/// through, so that memory does not grow with them.</summary>
internal static class PredictCommand
{
    private const int RowsPerChunk = 8192;
    private const string Estimate = "estimate";

    private static readonly Argument<string> Model = new("model") { Description = "A model's file." };
    private static readonly Option<int> Top = GlobalOptions.Bounded(new Option<int>("--top")
    {
        HelpName = "K",
        Description = "Give the K most probable classes.",
        DefaultValueFactory = _ => 1,
    }, 1, 100_000);

    private static readonly Option<double?> Alpha = new("--alpha") { HelpName = "A", Description = "The share of prediction sets that may miss the true class; the model's own by default." };
    private static readonly Option<string?> Prior = new("--prior")
    {
        HelpName = "estimate|A=0.2,B=0.8",
        Description = "The classes' shares among these rows, by which all is weighed: estimated from them where they have shifted, or as given.",
    };

    private static readonly Option<double> FalseAlarms = GlobalOptions.Bounded(new Option<double>("--false-alarms")
    {
        HelpName = "R",
        Description = "Call strange so many rows of the known kind, of a model trained with --outliers.",
        DefaultValueFactory = _ => 0.05,
    }, 0.0001, 0.9999);

    private static readonly Option<double?> FalseDiscoveries = new("--false-discoveries")
    {
        HelpName = "Q",
        Description = "Instead: of the rows called strange, let at most this share be of the known kind (Benjamini and Hochberg).",
    };

    private static readonly Option<string?> Out = new("--out") { HelpName = "FILE", Description = "Write csv (or .jsonl) here." };
    private static readonly Option<string?> Row = new("--row") { HelpName = "A=1,B=X", Description = "Predict one row, given here." };
    private static readonly Option<string?> Text = new("--text") { HelpName = "TEXT", Description = "Predict one text, given here." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        PolicyFlags.CheckRange(Alpha, value => value is > 0 and < 1, "above 0 and below 1");
        PolicyFlags.CheckRange(FalseDiscoveries, value => value is > 0 and < 1, "above 0 and below 1");
        var command = new Command("predict", "Labels rows with calibrated probabilities.")
        {
            Model, DataOptions.OptionalData, Top, Alpha, PolicyFlags.Coverage, PolicyFlags.Cost, Prior, FalseAlarms, FalseDiscoveries, Out, Row, Text,
        };
        DataOptions.AddTo(command);
        command.Options.Add(ScoreOptions.Input);
        command.SetAction((parsed, cancellation) =>
        {
            var invocation = new Invocation(parsed, cancellation);
            SavedModel model = ModelFile.Open(invocation.Get(Model)!);
            string[] paths = invocation.Get(DataOptions.OptionalData) ?? [];
            if (model.Classifier is { } classifier)
            {
                var predictor = new Predictor(classifier, Options(invocation, classifier.Classes));
                Run(invocation, classifier.Pipeline.Inputs, (table, notes) => predictor.Predict(table, notes, invocation.Cancellation), paths);
            }
            else if (model.MultiLabel is { } several)
            {
                if (invocation.Get(Alpha) is not null || invocation.Get(PolicyFlags.Coverage) is not null || invocation.Get(PolicyFlags.Cost) is not null || invocation.Get(Prior) is not null)
                    throw new UsageException("--alpha, --coverage, --cost and --prior are for models of rows with one label; this one gives each label by its own threshold.");

                Run(invocation, several.Pipeline.Inputs, (table, notes) => several.Predict(table, invocation.Get(Top), notes, invocation.Threads, invocation.Cancellation), paths);
            }
            else
                RunOnScores(invocation, model.Calibrator!, paths);

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private delegate IReadOnlyList<Prediction> PredictRows(Table table, ICollection<string> notes);

    private static void Run(Invocation invocation, IReadOnlyList<ColumnSchema> inputs, PredictRows predict, string[] paths)
    {
        if (OneTyped(invocation, inputs) is { } one)
        {
            if (paths.Length > 0)
                throw new UsageException("Give either data or one row by --row or --text, not both.");

            var notes = new List<string>();
            IReadOnlyList<Prediction> predictions = predict(one, notes);
            Tell(invocation, notes);
            using IPredictionWriter writer = PredictionWriters.For(invocation, invocation.Out);
            writer.Write(0, predictions);
            return;
        }

        if (paths.Length == 0)
            throw new UsageException("What is to be predicted? Give a file, - for standard input, --row or --text.");

        Write(invocation, writer => Stream(invocation, inputs, predict, paths, writer));
    }

    private static void RunOnScores(Invocation invocation, ScoreCalibrator calibrator, string[] paths)
    {
        var predictor = new Predictor(calibrator, Options(invocation, calibrator.Classes));
        if (paths.Length != 1 || invocation.Get(Row) is not null || invocation.Get(Text) is not null)
            throw new UsageException("This file is a calibrator of scores: give it one file of scores (csv or npz), or - for standard input.");

        SavedScores scores = CalibratedScores.Read(invocation, calibrator, paths[0]);
        int classes = scores.Classes.Count;
        ulong[] keys = [.. Enumerable.Range(0, scores.Rows).Select(row => RowKey.Of(scores.Values.AsSpan(row * classes, classes)))];
        if (scores.Groups is null && (calibrator.ByGroup is not null || calibrator.Sets?.Partition == ConformalPartition.Group))
            throw new UsageException($"This calibrator goes by groups: name their column by --group, as '{calibrator.GroupColumn}' was when it was fitted.");

        var notes = new List<string>();
        IReadOnlyList<Prediction> predictions = predictor.Predict(
            calibrator.Apply(scores.Values, invocation.Threads, scores.Groups), keys, scores.Groups, notes: notes);
        Tell(invocation, notes);
        Write(invocation, writer => writer.Write(0, predictions));
    }

    private static PredictionOptions Options(Invocation invocation, IReadOnlyList<string> classes) => new()
    {
        Top = invocation.Get(Top),
        Alpha = invocation.Get(Alpha),
        Coverage = invocation.Get(PolicyFlags.Coverage),
        Costs = invocation.Get(PolicyFlags.Cost) is { } file ? CostFile.Read(file, classes) : null,
        Prior = invocation.Get(Prior) is { } prior and not Estimate ? Shares.Parse(prior, classes) : null,
        EstimatesPrior = invocation.Get(Prior) == Estimate,
        FalseAlarmRate = invocation.Get(FalseAlarms),
        FalseDiscoveryRate = invocation.Get(FalseDiscoveries),
        MaxThreads = invocation.Threads,
    };

    private static void Write(Invocation invocation, Action<IPredictionWriter> write)
    {
        if (invocation.Get(Out) is { } path)
        {
            WholeFile.CheckWritable(path);
            WholeFile.Write(path, stream =>
            {
                using var text = new StreamWriter(stream, bufferSize: 1 << 16);
                using IPredictionWriter writer = PredictionWriters.ForFile(path, text);
                write(writer);
            });
        }
        else
        {
            using IPredictionWriter writer = PredictionWriters.For(invocation, invocation.Out);
            write(writer);
        }
    }

    private static void Stream(Invocation invocation, IReadOnlyList<ColumnSchema> inputs, PredictRows predict, string[] paths, IPredictionWriter writer)
    {
        ReadOptions options = DataOptions.Read(invocation);
        using IRowSource source = DataSource.Open(invocation, paths, options, inputs);
        var told = new HashSet<string>(StringComparer.Ordinal);
        invocation.Progress.Run("predicting", tell =>
        {
            // What is said of the rows together needs them all at once.
            var progress = new FractionProgress(tell);
            bool together = invocation.Get(Prior) == Estimate || invocation.Get(FalseDiscoveries) is not null;
            foreach (DataChunk chunk in together ? [source.ReadAll(progress, invocation.Cancellation)] : source.Read(RowsPerChunk, progress, invocation.Cancellation))
            {
                var notes = new List<string>();
                writer.Write(chunk.FirstRow, predict(chunk.Features, notes));
                Tell(invocation, notes.Where(told.Add));
            }

            return true;
        });
        Tell(invocation, source.Notes);
    }

    private static Table? OneTyped(Invocation invocation, IReadOnlyList<ColumnSchema> inputs) =>
        (invocation.Get(Row), invocation.Get(Text)) switch
        {
            (null, null) => null,
            ({ } row, null) => OneRow.Parse(row, inputs),
            (null, { } text) => OneRow.OfText(text, inputs),
            _ => throw new UsageException("Give either --row or --text, not both."),
        };

    private static void Tell(Invocation invocation, IEnumerable<string> notes)
    {
        foreach (string note in notes)
            invocation.Progress.Note($"  {note}");
    }
}
