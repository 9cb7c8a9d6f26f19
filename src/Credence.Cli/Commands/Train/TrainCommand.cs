using System.CommandLine;
using System.Text.Json.Nodes;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Conformal;
using Credence.Data;
using Credence.Files.Inputs;
using Credence.Models.Learning;
using Credence.Persistence;
using Credence.Report.Outcomes;
using Credence.Workflows;
using Credence.Workflows.Training;

namespace Credence.Cli.Commands.Train;

/// <summary><c>credence train DATA --label L</c>: trains a calibrated classifier, evaluates it on held-out rows, and writes one
/// file.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Model = new Option<string>("--model")
    {
        HelpName = "NAMES",
        Description = "Compare these models by out-of-fold log loss and keep the best: linear, trees, network (tables), cnn "
            + "(pictures), blend, separated by commas; several are blended too. auto compares linear, trees and their blend.",
        DefaultValueFactory = _ => "auto",
    }.Under(HelpHeading.Model);

    private static readonly Option<string> Calibration = new Option<string>("--calibration")
    {
        HelpName = "NAME",
        Description = "Calibrate by this method; auto chooses one by cross-validation, none leaves the probabilities uncalibrated.",
        DefaultValueFactory = _ => "auto",
    }.Under(HelpHeading.Calibration);

    private static readonly Option<double> L1Ratio = GlobalOptions.Bounded(new Option<double>("--l1-ratio")
    {
        HelpName = "R",
        Description = "Use this L1 share of the elastic-net penalty; above 0 it drops uninformative features.",
    }, 0, 1).Under(HelpHeading.Model);

    private static readonly Option<double> ConformalRows = GlobalOptions.Bounded(new Option<double>("--conformal-rows")
    {
        HelpName = "PART",
        Description = "Hold out this share of the rows for prediction sets with an exact coverage guarantee.",
    }, 0, 0.9).Under(HelpHeading.Calibration);

    private static readonly Option<double> Alpha = GlobalOptions.Bounded(new Option<double>("--alpha")
    {
        HelpName = "A",
        Description = "Let at most this share of prediction sets miss the true class.",
        DefaultValueFactory = _ => 0.1,
    }, 0.0001, 0.9999).Under(HelpHeading.Calibration);

    private static readonly Option<string> Sets = new Option<string>("--sets")
    {
        HelpName = "NAME",
        Description = "Build prediction sets from this score: lac, aps, raps, saps, margin or top-k.",
        DefaultValueFactory = _ => "lac",
    }.Under(HelpHeading.Calibration);

    private static readonly Option<string?> SetBy = new Option<string?>("--set-by")
    {
        HelpName = "class",
        Description = "Guarantee the coverage of prediction sets within every class.",
    }.Under(HelpHeading.Calibration);

    private static readonly Option<bool> AllowEmptySets = new Option<bool>("--allow-empty-sets")
    {
        Description = "Let prediction sets be empty where every class is unlikely; by default a set holds the most probable class.",
    }.Under(HelpHeading.Calibration);

    private static readonly Option<bool> NoStoredRows = new Option<bool>("--no-stored-rows")
    {
        Description = "Keep no training rows in the model; a row abstains where a cell is missing that never missed in training.",
    }.Under(HelpHeading.Model);

    private static readonly Option<string?> Outliers = new Option<string?>("--outliers")
    {
        HelpName = "NAME",
        Description = $"Detect out-of-distribution rows by a score of the logits ({string.Join(", ", OutlierScoreNames.Logits)}) " +
            $"or of up to 1,024 features ({string.Join(", ", OutlierScoreNames.Features)}).",
    }.Under(HelpHeading.Decisions);

    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "FILE",
        Description = "Write the model to FILE.",
        DefaultValueFactory = _ => "model.credence",
    };

    private static readonly Option<string?> Report = new("--report") { HelpName = "FILE", Description = "Write an HTML report to FILE." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Sets.AcceptOnlyFromAmong(SetScores.Names);
        SetBy.AcceptOnlyFromAmong("class");
        Outliers.AcceptOnlyFromAmong([.. OutlierScoreNames.Logits, .. OutlierScoreNames.Features]);
        var command = new Command("train", "Train a calibrated classifier, evaluate it on held-out rows, and write it to one file.")
        {
            DataOptions.Data, Model, L1Ratio, Calibration, ConformalRows, Alpha, Sets, SetBy, AllowEmptySets, NoStoredRows, Outliers,
        };
        PolicyFlags.AddTo(command);
        ShiftOption.AddTo(command);
        DataOptions.AddTo(command);
        SplitOptions.AddTo(command);
        StreamOptions.AddTo(command);
        command.Options.Add(Out);
        command.Options.Add(Report);
        command.SetAction((parsed, cancellationToken) =>
        {
            var invocation = new Invocation(parsed, cancellationToken);
            Run(Request(invocation));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    /// <summary>Trains, evaluates, writes, and shows.</summary>
    public static void Run(TrainingRequest request)
    {
        Invocation invocation = request.Invocation;
        string? checkpoint = request.Options.Streaming?.Checkpoint;
        OutputFiles.Check(
            invocation,
            ("--out", request.Out), ("--report", request.Report), ("--split-out", request.SplitOut), ("--checkpoint", checkpoint));
        Ending.Checkpoint = checkpoint;
        Finish(request, new TrainingWorkflow(request.Options).Run(request.Input, invocation.Progress, invocation.Cancellation));
        if (checkpoint is not null)
            WholeFile.Delete(checkpoint);
    }

    private static void Finish(TrainingRequest request, ITrainingOutcome outcome)
    {
        Invocation invocation = request.Invocation;
        Write(request, outcome);
        if (invocation.Json)
        {
            JsonObject json = outcome is MultiLabelTrainingOutcome several
                ? MultiLabelJson.Of(several, request)
                : TrainingJson.Of((TrainingOutcome)outcome, request);
            invocation.Out.WriteLine(json.ToJsonString(JsonText.Options));
        }
        else if (outcome is MultiLabelTrainingOutcome several)
        {
            MultiLabelScreen.Show(several, request);
        }
        else
        {
            TrainingScreen.Show((TrainingOutcome)outcome, request);
        }
    }

    private static TrainingRequest Request(Invocation invocation)
    {
        ReadOptions reading = DataOptions.Read(invocation);
        if (invocation.Get(SplitOptions.Test) is null)
            IdleOptions.Refuse(invocation, "without --test", SplitOptions.TestLabels);

        RefuseIdle(invocation);
        DataInput input = DataSource.Of(invocation.Get(DataOptions.Data)!, reading);
        var options = new TrainingWorkflowOptions
        {
            Classifier = Options(invocation),
            TestPath = invocation.Get(SplitOptions.Test),
            TestLabelsFile = invocation.Get(SplitOptions.TestLabels),
            ValidationPath = invocation.Get(SplitOptions.Valid),
            TestFraction = invocation.Get(SplitOptions.TestSize),
            Folds = invocation.Get(SplitOptions.Folds),
            Streaming = StreamOptions.Read(invocation, reading, invocation.Get(L1Ratio)),
        };
        return new TrainingRequest(invocation, input, options, invocation.Get(Out)!, invocation.Get(Report))
        {
            SplitOut = invocation.Get(SplitOptions.SplitOut),
        };
    }

    /// <summary>Refuses options that the named models don't have.</summary>
    private static void RefuseIdle(Invocation invocation)
    {
        IReadOnlyList<ModelName> models = ModelNames.Read(invocation.Get(Model)!);
        if (models.All(model => model is ModelName.Trees or ModelName.Network or ModelName.Cnn))
            IdleOptions.Refuse(invocation, $"with --model {invocation.Get(Model)}", L1Ratio);
    }

    private static ClassifierOptions Options(Invocation invocation) => new()
    {
        Models = ModelNames.Read(invocation.Get(Model)!),
        Calibration = CalibrationNames.Options(invocation.Get(Calibration)!, invocation.Seed),
        Calibrate = invocation.Get(Calibration) != "none",
        L1Ratio = invocation.Get(L1Ratio),
        Sets = new()
        {
            Alpha = invocation.Get(Alpha),
            Score = SetScores.Of(invocation.Get(Sets)!),
            Partition = invocation.Get(SetBy) is null ? ConformalPartition.None : ConformalPartition.Class,
            AcceptRareParts = true,
            AllowEmptySets = invocation.Get(AllowEmptySets),
        },
        StoreRows = !invocation.Get(NoStoredRows),
        Policy = PolicyFlags.Read(invocation),
        Shift = ShiftOption.Read(invocation),
        Outliers = OutlierScoreNames.OfLogits(invocation.Get(Outliers)),
        FeatureOutliers = OutlierScoreNames.OfFeature(invocation.Get(Outliers)),
        ConformalFraction = invocation.Get(ConformalRows),
        Repeats = Enum.Parse<RepeatedRows>(invocation.Get(SplitOptions.Repeats)!, ignoreCase: true),
        Seed = invocation.Seed,
        MaxThreads = invocation.Threads,
    };

    // The model comes last and the others name it, so that what a kill leaves can be told apart.
    private static void Write(TrainingRequest request, ITrainingOutcome outcome)
    {
        Invocation invocation = request.Invocation;
        using PendingFile model = outcome.Prepare(request.Out);
        using PendingFile? split = request.SplitOut is { } path ? PrepareSplit(path, outcome.Data.Parts, model.Sha256) : null;
        using PendingFile? report = request.Report is { } page
            ? ReportFile.Prepare(
                TrainingReport.Of(
                    outcome,
                    ReportFile.Reproduction(invocation.Seed, outcome.Data.Fingerprint, request.AsTyped) with { OutputHash = model.Sha256 }),
                page,
                invocation.Progress,
                invocation.Cancellation)
            : null;
        invocation.Cancellation.ThrowIfCancellationRequested();
        split?.Publish();
        report?.Publish();
        model.Publish();
    }

    private static PendingFile PrepareSplit(string path, IReadOnlyList<string> parts, string model) => WholeFile.Prepare(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write("row,part,model_sha256\n");
        for (int row = 0; row < parts.Count; row++)
            writer.Write($"{row},{parts[row]},{(row == 0 ? model : "")}\n");
    });
}
