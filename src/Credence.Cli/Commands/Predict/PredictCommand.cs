using System.CommandLine;
using Credence.Cli.Commands.Scores;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Onnx.Reading;
using Credence.Persistence;
using Credence.Workflows;
using Credence.Workflows.Predictions;

namespace Credence.Cli.Commands.Predict;

/// <summary><c>credence predict MODEL DATA</c>: label, probability, top classes, prediction set, and whether to abstain; rows stream
/// through, so that memory does not grow with them.</summary>
internal static class PredictCommand
{
    private const int RowsPerChunk = 8192;

    private static readonly Argument<string> Model = new("model") { Description = "A model file." };
    private static readonly Option<int> Top = GlobalOptions.Bounded(new Option<int>("--top")
    {
        HelpName = "K",
        Description = "Give the K most probable classes.",
        DefaultValueFactory = _ => 1,
    }, 1, 100_000);

    private static readonly Option<double?> Alpha = new("--alpha")
    {
        HelpName = "A",
        Description = "Let at most this share of prediction sets miss the true class; the model's own by default.",
    };

    private static readonly Option<string?> Prior = Shares.Option();

    private static readonly Option<double> FalseAlarms = GlobalOptions.Bounded(new Option<double>("--false-alarms")
    {
        HelpName = "R",
        Description = "Flag rows as out-of-distribution at this false-alarm rate; needs a model trained with --outliers.",
        DefaultValueFactory = _ => 0.05,
    }, 0.0001, 0.9999).Under(HelpHeading.Decisions);

    private static readonly Option<double?> FalseDiscoveries = new Option<double?>("--false-discoveries")
    {
        HelpName = "Q",
        Description = "Instead, flag rows at this false discovery rate (Benjamini and Hochberg).",
    }.Under(HelpHeading.Decisions);

    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "FILE",
        Description = "Write the predictions to FILE, csv or .jsonl.",
    };

    private static readonly Option<string?> Keep = new Option<string?>("--keep")
    {
        HelpName = "A,B",
        Description = "Carry these columns of the data through to the predictions, such as a key.",
    }.Under(HelpHeading.Options);

    private static readonly Option<string?> Row = new("--row") { HelpName = "A=1,B=X", Description = "Predict this row." };
    private static readonly Option<string?> Text = new("--text") { HelpName = "TEXT", Description = "Predict this text." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        PolicyFlags.CheckRange(Alpha, value => value is > 0 and < 1, "above 0 and below 1");
        PolicyFlags.CheckRange(FalseDiscoveries, value => value is > 0 and < 1, "above 0 and below 1");
        var command = new Command("predict", "Predict labels with calibrated probabilities.")
        {
            Model, DataOptions.OptionalData, Top, Alpha, PolicyFlags.Coverage, PolicyFlags.Cost, Prior, FalseAlarms, FalseDiscoveries, Out,
                Keep, Row, Text,
        };
        DataOptions.AddTo(command);
        command.Options.Add(ScoreOptions.InputKind);
        command.Options.Add(ScoreOptions.Array);
        command.SetAction((parsed, cancellationToken) =>
        {
            var invocation = new Invocation(parsed, cancellationToken);
            OutputFiles.Check(invocation, ("--out", invocation.Get(Out)));
            string[] paths = invocation.Get(DataOptions.OptionalData) ?? [];
            if (OnnxClassifier.IsNamed(invocation.Get(Model)!))
                RunOnNetwork(invocation, OnnxClassifier.Read(invocation.Get(Model)!), paths);
            else
                Run(invocation, ModelFile.Open(invocation.Get(Model)!), paths);

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Run(Invocation invocation, ISavedModel model, string[] paths)
    {
        if (model is ScoreCalibrator calibrator)
        {
            RunOnScores(invocation, calibrator, paths);
            return;
        }

        IdleOptions.Refuse(invocation, "where rows of data are predicted",
            [.. DataOptions.OfLabels, .. DataOptions.OfKinds, ScoreOptions.InputKind, ScoreOptions.Array]);
        if (model is MultiLabelClassifier several)
        {
            IdleOptions.Refuse(
                invocation,
                "where rows have several labels, each with a threshold of its own",
                Alpha, PolicyFlags.Coverage, PolicyFlags.Cost, Prior, FalseAlarms, FalseDiscoveries);
            PredictionOptions few = new() { Top = invocation.Get(Top), MaxThreads = invocation.Threads };
            Run(
                invocation,
                several.Pipeline.Inputs,
                several.Facts.Layout,
                (row, notes) => several.Predict(
                    row, few.Top, notes, few.MaxThreads, allowAbsentColumns: true, invocation.Cancellation),
                input => new PredictionWorkflow(few).Run(several, input, invocation.Progress, invocation.Cancellation),
                paths);
            return;
        }

        var classifier = (Classifier)model;
        PredictionOptions options = Options(invocation, classifier.Classes);

        // One typed row may leave cells out; a file may not leave columns out.
        var predictor = classifier.PredictorFor(options with { AllowAbsentColumns = true });
        Run(
            invocation,
            classifier.Pipeline.Inputs,
            classifier.Facts.Layout,
            (row, notes) => classifier.PredictWith(predictor, row, notes, invocation.Cancellation),
            input => new PredictionWorkflow(options).Run(classifier, input, invocation.Progress, invocation.Cancellation),
            paths);
    }

    private static void Run(
        Invocation invocation,
        IReadOnlyList<ColumnSchema> inputs,
        DataLayout? layout,
        Func<Table, ICollection<string>, IReadOnlyList<Prediction>> predictOne,
        Func<DataInput, IEnumerable<PredictedRows>> predict,
        string[] paths)
    {
        if (OneTyped(invocation, inputs, layout) is { } one)
        {
            if (paths.Length > 0)
                throw new UsageException("Give either data or one row by --row or --text, not both.");

            IdleOptions.Refuse(invocation, "where one row is given", [.. DataOptions.All, Keep]);
            var notes = new List<string>();
            PredictedRows predicted = new(0, predictOne(one, notes));
            foreach (string note in notes)
                invocation.Progress.Note($"  {note}");

            Write(invocation, () => [predicted]);
            return;
        }

        if (paths.Length == 0)
            throw new UsageException("Nothing to predict: give a file, - for standard input, --row or --text.");

        ReadOptions reading = DataOptions.Read(invocation) with { Keep = Kept(invocation) };
        Write(invocation, () => predict(DataSource.Of(paths, reading)));
    }

    private static void RunOnScores(Invocation invocation, ScoreCalibrator calibrator, string[] paths)
    {
        IdleOptions.Refuse(
            invocation, "with a calibrator of scores", FalseAlarms, FalseDiscoveries, DataOptions.Labels, DataOptions.Weight,
            DataOptions.SplitColumn, DataOptions.SplitByTime);
        if (calibrator.GroupColumn is null)
            IdleOptions.Refuse(invocation, "with a calibrator that was fitted without groups", DataOptions.Group);

        var workflow = new PredictionWorkflow(Options(invocation, calibrator.Classes));
        if (paths.Length != 1 || invocation.Get(Row) is not null || invocation.Get(Text) is not null)
            throw new UsageException(
                "This file is a calibrator of scores: give it one file of scores (csv or npz), or - for standard input.");

        SavedScores scores = ScoreOptions.ReadFor(calibrator, invocation, paths[0], Kept(invocation));
        PredictedRows predicted = workflow.Run(calibrator, scores, invocation.Progress);
        Write(invocation, () => [predicted]);
    }

    private static void RunOnNetwork(Invocation invocation, OnnxClassifier network, string[] paths)
    {
        if (network.Calibrator is not { } calibrator)
        {
            throw new UsageException($"'{network.Name}' is not calibrated, so its probabilities can't be relied on. Calibrate it first: "
                + $"credence wrap {network.Name} --data VALIDATION --out calibrated.onnx.");
        }

        IdleOptions.Refuse(
            invocation, "with an ONNX model", FalseAlarms, FalseDiscoveries, Keep, Row, Text, ScoreOptions.InputKind, ScoreOptions.Array,
            DataOptions.Kind);
        IdleOptions.Refuse(invocation, "where rows of data are predicted", DataOptions.OfLabels);
        var workflow = new PredictionWorkflow(Options(invocation, calibrator.Classes));
        SavedScores scores = OnnxRows.Score(invocation, network, paths, null);
        PredictedRows predicted = workflow.Run(calibrator, scores, invocation.Progress);
        Write(invocation, () => [predicted]);
    }

    private static PredictionOptions Options(Invocation invocation, IReadOnlyList<string> classes) => new()
    {
        Top = invocation.Get(Top),
        Alpha = invocation.Get(Alpha),
        Coverage = invocation.Get(PolicyFlags.Coverage),
        Costs = invocation.Get(PolicyFlags.Cost) is { } file ? CostFile.Read(file, classes) : null,
        Prior = Shares.Given(invocation, Prior, classes),
        EstimatesPrior = Shares.AreEstimated(invocation, Prior),
        FalseAlarmRate = invocation.Get(FalseAlarms),
        FalseDiscoveryRate = invocation.Get(FalseDiscoveries),
        MaxThreads = invocation.Threads,
    };

    private static void Write(Invocation invocation, Func<IEnumerable<PredictedRows>> predict)
    {
        if (invocation.Get(Out) is { } path)
        {
            WholeFile.Write(path, stream =>
            {
                using var text = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: true);
                using IPredictionWriter writer = PredictionWriters.ForFile(path, text);
                Write(writer, predict());
            });
        }
        else
        {
            using IPredictionWriter writer = PredictionWriters.For(invocation, invocation.Out);
            Write(writer, predict());
        }
    }

    private static void Write(IPredictionWriter writer, IEnumerable<PredictedRows> predicted)
    {
        foreach (PredictedRows rows in predicted)
            writer.Write(rows);
    }

    private static string[] Kept(Invocation invocation) => invocation.Get(Keep)?.Split(',', StringSplitOptions.TrimEntries) ?? [];

    private static Table? OneTyped(Invocation invocation, IReadOnlyList<ColumnSchema> inputs, DataLayout? layout) =>
        (invocation.Get(Row), invocation.Get(Text)) switch
        {
            (null, null) => null,
            ({ } row, null) => OneRow.Parse(row, inputs, layout),
            (null, { } text) => OneRow.OfText(text, inputs),
            _ => throw new UsageException("Give either --row or --text, not both."),
        };
}
