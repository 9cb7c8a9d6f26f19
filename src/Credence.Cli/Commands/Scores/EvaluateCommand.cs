using System.CommandLine;
using System.Text.Json.Nodes;
using Credence.Cli.Commands.Train;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Onnx.Reading;
using Credence.Report.Formatting;
using Credence.Report.Outcomes;
using Credence.Workflows.Scores;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>credence evaluate MODEL|SCORES [DATA]</c>: every metric, with 95 % intervals, of a model on rows or of saved
/// scores.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> Subject = new("model|scores") { Description = "A model file, or saved scores (csv or npz)." };
    private static readonly Option<string?> Against = new("--against")
    {
        HelpName = "MODEL|SCORES",
        Description = "Compare with another model, or other scores, on the same rows.",
    };
    private static readonly Option<int> Splits = new Option<int>("--splits")
    {
        HelpName = "N",
        Description = "Evaluate prediction sets over N random splits of the rows into halves.",
    }.Under(HelpHeading.Calibration);

    private static readonly Option<string?> Strange = new("--strange")
    {
        HelpName = "FILE",
        Description = "Read out-of-distribution rows, or scores, from FILE; measure how well each score detects them.",
    };

    private static readonly Option<double?> KnownAccuracy = new("--known-accuracy")
    {
        HelpName = "A",
        Description = "With --strange: keep the accuracy on in-distribution rows at A or more, rejected rows counted as wrong.",
    };

    private static readonly Option<double?> Adaptive = new Option<double?>("--adaptive")
    {
        HelpName = "STEP",
        Description = "Adapt the level of the prediction sets online, in the order of the rows, by STEP for each miss, such as 0.005.",
    }.Under(HelpHeading.Calibration);

    private static readonly Option<string?> Prior = Shares.Option();

    /// <summary><c>--without-labels</c></summary>
    public static readonly Option<bool> Unlabelled = new("--without-labels")
    {
        Description = "Estimate the accuracy on unlabelled rows, and check each assumption.",
    };

    private static readonly Option[] OfModels =
        [.. ScoreOptions.OfScores, DataOptions.TextColumn, DataOptions.Kind, .. DataOptions.OfKinds];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Splits.Validators.Add(result =>
        {
            if (NumberOption.Written<int>(result) is { } splits and not (>= 1 and <= 10_000))
                result.AddError($"--splits is {splits}; it must be from 1 to 10000.");
        });
        var command = new Command("evaluate", "Compute every metric, with 95 % intervals, of a model on labelled rows or of saved scores.")
        {
            Subject, DataOptions.OptionalData, Splits, Against, Strange, KnownAccuracy, Adaptive, Prior, Unlabelled,
        };
        PolicyFlags.CheckRange(KnownAccuracy, value => value is >= 0 and <= 1, "from 0 to 1");
        PolicyFlags.CheckRange(Adaptive, value => value is > 0 and <= 1, "above 0 and at most 1");
        PolicyFlags.AddTo(command);
        ScoreOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            Run(new Invocation(parsed, cancellationToken));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Run(Invocation invocation)
    {
        string subject = invocation.Get(Subject)!;
        string[] paths = invocation.Get(DataOptions.OptionalData) ?? [];
        string? report = invocation.Get(ScoreOptions.Report);
        OutputFiles.Check(invocation, ("--report", report));
        if (invocation.Get(Unlabelled))
        {
            UnlabelledOutput.Run(invocation, subject, paths);
            return;
        }

        OnnxClassifier? network = OnnxClassifier.IsNamed(subject) ? OnnxClassifier.Read(subject) : null;
        ISavedModel? model = network is null && ModelFile.IsModel(subject) ? ModelFile.Open(subject) : null;
        if (model is MultiLabelClassifier several)
        {
            RunMultiLabel(invocation, several, paths, report);
            return;
        }

        EvaluationOutcome outcome = network is not null ? OfNetwork(invocation, network, paths)
            : model is not null
            ? OfModel(invocation, model, paths)
            : paths.Length == 0 ? OfScores(invocation, subject)
                : throw new UsageException($"'{subject}' is not a model, so it can't score rows. Give scores alone, or a model and data.");
        if (report is not null)
            ReportFile.Write(EvaluationReport.Of(outcome, ReportFile.Reproduction(invocation.Seed, outcome.Fingerprint)), report,
                invocation.Progress, invocation.Cancellation);

        if (invocation.Json)
        {
            invocation.Out.WriteLine(ScoresJson.Of(outcome, invocation).ToJsonString(JsonText.Options));
            return;
        }

        string head = $"Evaluated {NumberText.Count(outcome.Evaluation.Labels.Count, "row")} of {outcome.Classes.Count} classes.";
        ScoresScreen.Show(outcome, invocation, head, report);
    }

    private static void RunMultiLabel(Invocation invocation, MultiLabelClassifier classifier, string[] paths, string? report)
    {
        if (paths.Length == 0)
            throw new UsageException("No rows to evaluate: give labelled data after the model.");

        IdleOptions.Refuse(
            invocation,
            "where rows have several labels",
            [Strange, Against, Splits, KnownAccuracy, Adaptive, Prior, DataOptions.Group, .. PolicyFlags.All, .. ScoreOptions.OfSets]);
        IdleOptions.Refuse(invocation, "where a model knows how its columns are read", OfModels);
        IdleOptions.Refuse(invocation, "where a model is measured on all rows", DataOptions.SplitColumn, DataOptions.SplitByTime);
        MultiLabelEvaluationOutcome outcome = new EvaluationWorkflow(Common(invocation)).Run(
            classifier, DataSource.Of(paths, DataOptions.Read(invocation)), invocation.Progress, invocation.Cancellation);
        if (report is not null)
            ReportFile.Write(EvaluationReport.Of(outcome, ReportFile.Reproduction(invocation.Seed, outcome.Fingerprint)), report,
                invocation.Progress, invocation.Cancellation);

        if (invocation.Json)
        {
            JsonObject json = MultiLabelJson.Of(classifier, outcome.Evaluation, null, 0, outcome.Notes, invocation);
            invocation.Out.WriteLine(json.ToJsonString(JsonText.Options));
            return;
        }

        ScoresScreen.Show(outcome, invocation, report);
    }

    private static EvaluationOutcome OfModel(Invocation invocation, ISavedModel model, string[] paths)
    {
        if (paths.Length == 0)
            throw new UsageException(model is ScoreCalibrator ? "No scores to evaluate: give a file of scores after the calibrator."
                : "No rows to evaluate: give labelled data after the model.");

        return model is Classifier classifier
            ? OfClassifier(invocation, classifier, paths)
            : paths.Length == 1 ? OfCalibrator(invocation, (ScoreCalibrator)model, paths[0])
                : throw new UsageException("A calibrator takes one file of scores.");
    }

    private static EvaluationOutcome OfNetwork(Invocation invocation, OnnxClassifier network, string[] paths)
    {
        IdleOptions.Refuse(
            invocation, "with an ONNX model", Strange, Against, ScoreOptions.Normalize, ScoreOptions.Array, DataOptions.Group,
            DataOptions.Kind);
        if (network.Calibrator is null)
            IdleOptions.Refuse(invocation, "with a model that is not calibrated", Adaptive, Prior);
        else
            IdleOptions.Refuse(invocation, "with a calibrated model", ScoreOptions.InputKind);

        SavedScores scores = OnnxRows.Score(invocation, network, paths, ScoreOptions.StatedKind(invocation));
        if (scores.Labels is null)
            throw new UsageException($"'{paths[0]}' has no labels, which an evaluation needs. Give --label NAME or --labels FILE.");

        ScoreOptions.Check(invocation, scores);
        var workflow = new EvaluationWorkflow(UnderPrior(invocation, OfScores(invocation, scores), network.Calibrator?.Classes ?? []));
        return network.Calibrator is { } calibrator
            ? workflow.Run(calibrator, scores, invocation.Progress, invocation.Cancellation)
            : workflow.Run(scores, invocation.Progress, invocation.Cancellation);
    }

    private static EvaluationOutcome OfClassifier(Invocation invocation, Classifier classifier, string[] paths)
    {
        IdleOptions.Refuse(invocation, "where a model knows how its columns are read", OfModels);
        IdleOptions.Refuse(invocation, "where a model is measured on all rows", DataOptions.SplitColumn, DataOptions.SplitByTime);
        bool asksForSets = invocation.Get(Splits) > 0 || IdleOptions.AnyGiven(invocation, ScoreOptions.OfSets);
        EvaluationWorkflowOptions options = Common(invocation) with
        {
            Sets = asksForSets ? ScoreOptions.SetOptions(invocation) : null,
            OutlierRows = invocation.Get(Strange) is { } strange ? DataSource.Of([strange], DataOptions.Read(invocation)) : null,
            OtherModel = invocation.Get(Against) is { } other ? Other(other) : null,
        };
        return new EvaluationWorkflow(UnderPrior(invocation, options, classifier.Classes)).Run(
            classifier, DataSource.Of(paths, ScoreOptions.Reading(invocation)), invocation.Progress, invocation.Cancellation);
    }

    private static EvaluationOutcome OfCalibrator(Invocation invocation, ScoreCalibrator calibrator, string path)
    {
        SavedScores scores = ScoreOptions.ReadFor(calibrator, invocation, path);
        if (scores.Labels is null)
            throw new UsageException(
                $"'{path}' has no labels, which an evaluation needs. Give a column 'label' (npz: 'labels'), --label NAME or --labels "
                    + "FILE.");

        return new EvaluationWorkflow(UnderPrior(invocation, OfScores(invocation, scores), calibrator.Classes)).Run(
            calibrator, scores, invocation.Progress, invocation.Cancellation);
    }

    private static EvaluationOutcome OfScores(Invocation invocation, string path)
    {
        if (invocation.Get(Adaptive) is not null)
            throw new UsageException("--adaptive needs a model or a calibrator with prediction sets: make one with 'credence calibrate "
                + "SCORES --out F.credence'.");

        IdleOptions.Refuse(invocation, "with scores that no calibrator stands beside", Prior);
        SavedScores scores = ScoreOptions.ReadLabelled(invocation, path);
        return new EvaluationWorkflow(OfScores(invocation, scores)).Run(scores, invocation.Progress, invocation.Cancellation);
    }

    /// <summary>The options for saved scores: prediction sets are always evaluated, and the other scores are read.</summary>
    private static EvaluationWorkflowOptions OfScores(Invocation invocation, SavedScores scores) => Common(invocation) with
    {
        Sets = ScoreOptions.SetOptions(invocation),
        OutlierScores = invocation.Get(Strange) is { } strange ? Beside(invocation, strange, scores) : null,
        OtherScores = invocation.Get(Against) is { } other ? Beside(invocation, other, scores) : null,
    };

    private static EvaluationWorkflowOptions UnderPrior(
        Invocation invocation, EvaluationWorkflowOptions options, IReadOnlyList<string> classes)
    {
        if (invocation.Get(Prior) is not null)
            IdleOptions.Refuse(invocation, "with --prior, under which nothing is compared or adapted", Against, Adaptive);

        return options with
        {
            Prior = Shares.Given(invocation, Prior, classes),
            EstimatesPrior = Shares.AreEstimated(invocation, Prior),
        };
    }

    private static EvaluationWorkflowOptions Common(Invocation invocation)
    {
        if (invocation.Get(Strange) is null)
            IdleOptions.Refuse(invocation, "without --strange", KnownAccuracy);

        return new()
        {
            Splits = invocation.Get(Splits),
            Policy = PolicyFlags.Read(invocation),
            KnownAccuracy = invocation.Get(KnownAccuracy),
            AdaptiveStep = invocation.Get(Adaptive),
            OtherName = invocation.Get(Against),
            Seed = invocation.Seed,
            MaxThreads = invocation.Threads,
        };
    }

    private static SavedScores Beside(Invocation invocation, string path, SavedScores scores)
    {
        SavedScores other = ScoreOptions.Read(invocation, path, scores.Kind);
        ScoreOptions.Check(invocation, other);
        return other;
    }

    private static Classifier Other(string path) => ModelFile.IsModel(path) && ModelFile.Open(path) is Classifier other
        ? other
        : throw new UsageException($"--against '{path}' is not a model of rows; compare a model with a model, or scores with scores.");
}
