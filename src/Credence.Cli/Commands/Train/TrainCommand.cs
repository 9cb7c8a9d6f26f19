using System.CommandLine;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Conformal;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Persistence;

namespace Credence.Cli.Commands.Train;

/// <summary><c>credence train DATA --label L</c>: a calibrated classifier, its honest figures on rows it never saw, one file.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Model = new("--model") { HelpName = "NAME", Description = "auto or softmax.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string> Calibration = new("--calibration")
    {
        HelpName = "NAME",
        Description = "auto, none, or one method by name.",
        DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<double> L1Ratio = GlobalOptions.Bounded(new Option<double>("--l1-ratio")
    {
        HelpName = "R",
        Description = "The part of the penalty on the weights' sizes: above 0 features that tell too little are left out; 1 leaves out the most.",
    }, 0, 1);

    private static readonly Option<double> ConformalRows = GlobalOptions.Bounded(new Option<double>("--conformal-rows")
    {
        HelpName = "PART",
        Description = "Hold this part of the rows out of everything else, for prediction sets with an exact guarantee.",
    }, 0, 0.9);

    private static readonly Option<double> Alpha = GlobalOptions.Bounded(new Option<double>("--alpha")
    {
        HelpName = "A",
        Description = "The share of prediction sets that may miss the true class.",
        DefaultValueFactory = _ => 0.1,
    }, 0.0001, 0.9999);

    private static readonly Option<string> Sets = new("--sets") { HelpName = "NAME", Description = "The prediction sets' score: lac, aps, raps, saps, margin or top-k.", DefaultValueFactory = _ => "lac" };
    private static readonly Option<string?> SetBy = new("--set-by") { HelpName = "class", Description = "Sets that hold the true class as often within every class." };
    private static readonly Option<string?> Outliers = new("--outliers")
    {
        HelpName = "NAME",
        Description = $"Learn to tell rows unlike all those seen, by a score of the logits ({string.Join(", ", OutlierScoreNames.Logits)}) or of up to 1,024 features ({string.Join(", ", OutlierScoreNames.Features)}).",
    };

    private static readonly Option<string?> Out = new("--out") { HelpName = "FILE", Description = "Write the model here.", DefaultValueFactory = _ => "model.credence" };
    private static readonly Option<string?> Report = new("--report") { HelpName = "FILE", Description = "Write a report here, one HTML file." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Model.AcceptOnlyFromAmong("auto", "softmax");
        Sets.AcceptOnlyFromAmong(SetScores.Names);
        SetBy.AcceptOnlyFromAmong("class");
        Outliers.AcceptOnlyFromAmong([.. OutlierScoreNames.Logits, .. OutlierScoreNames.Features]);
        var command = new Command("train", "Trains a calibrated classifier, measures it on rows it never saw, and writes one file.")
        {
            DataOptions.Data, Model, L1Ratio, Calibration, ConformalRows, Alpha, Sets, SetBy, Outliers, Out, Report,
        };
        PolicyFlags.AddTo(command);
        ShiftOption.AddTo(command);
        DataOptions.AddTo(command);
        SplitOptions.AddTo(command);
        StreamOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var invocation = new Invocation(parsed, cancellation);
            Run(new TrainingRequest(invocation, parsed.GetValue(DataOptions.Data)!, Options(invocation), invocation.Get(Out)!, invocation.Get(Report)));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    /// <summary>Trains, measures, writes, and tells.</summary>
    public static void Run(TrainingRequest request)
    {
        Invocation invocation = request.Invocation;
        foreach (string file in new[] { request.Out, request.Report, invocation.Get(SplitOptions.SplitOut), invocation.Get(StreamOptions.Checkpoint) }.OfType<string>())
            WholeFile.CheckWritable(file);

        if (StreamOptions.AreAsked(invocation))
        {
            string? checkpoint = invocation.Get(StreamOptions.Checkpoint);
            try
            {
                Finish(request, StreamedTraining.Of(request));
            }
            catch (Exception error) when (invocation.Cancellation.IsCancellationRequested && error is OperationCanceledException or AggregateException && File.Exists(checkpoint))
            {
                throw new InterruptedException($"Cancelled; no model was written. '{checkpoint}' keeps where the training stands, and the same command goes on from there.");
            }

            if (checkpoint is not null)
                File.Delete(checkpoint);

            return;
        }

        TrainingData data = invocation.Progress.Run("reading", tell => TrainingData.Read(request, tell));
        foreach (string note in data.Notes)
            invocation.Progress.Note($"  {note}");

        if (data.Train.LabelSets is not null)
        {
            OnSets(request, data);
            return;
        }

        Finish(request, TrainingOutcome.Of(request, data));
    }

    private static void Finish(TrainingRequest request, TrainingOutcome outcome)
    {
        Invocation invocation = request.Invocation;
        ModelFile.Save(outcome.Classifier, request.Out);
        if (invocation.Get(SplitOptions.SplitOut) is { } splitOut)
            WriteSplit(splitOut, outcome.Data.Parts);

        if (request.Report is { } report)
            invocation.Progress.Run("report", _ => TrainingReport.Write(outcome, report, invocation.Cancellation));

        if (invocation.Json)
            invocation.Out.WriteLine(TrainingJson.Of(outcome).ToJsonString(JsonText.Options));
        else
            TrainingScreen.Show(outcome);
    }

    private static void OnSets(TrainingRequest request, TrainingData data)
    {
        Invocation invocation = request.Invocation;
        MultiLabelTraining training = MultiLabelTraining.Of(request, data);
        ModelFile.Save(training.Classifier, request.Out);
        if (invocation.Get(SplitOptions.SplitOut) is { } splitOut)
            WriteSplit(splitOut, data.Parts);

        if (request.Report is { } report)
            invocation.Progress.Run("report", _ => training.WriteReport(report));

        if (invocation.Json)
            invocation.Out.WriteLine(MultiLabelJson.Of(training).ToJsonString(JsonText.Options));
        else
            training.Show();
    }

    private static ClassifierOptions Options(Invocation invocation) => new()
    {
        Calibration = CalibrationNames.Options(invocation.Get(Calibration)!, invocation.Seed),
        Calibrate = invocation.Get(Calibration) != "none",
        L1Ratio = invocation.Get(L1Ratio),
        Sets = new()
        {
            Alpha = invocation.Get(Alpha),
            Score = SetScores.Of(invocation.Get(Sets)!),
            Partition = invocation.Get(SetBy) is null ? ConformalPartition.None : ConformalPartition.Class,
            AcceptRareParts = true,
        },
        Policy = PolicyFlags.Read(invocation),
        Shift = ShiftOption.Read(invocation),
        Outliers = OutlierScoreNames.OfLogits(invocation.Get(Outliers)),
        FeatureOutliers = OutlierScoreNames.OfFeature(invocation.Get(Outliers)),
        ConformalFraction = invocation.Get(ConformalRows),
        Seed = invocation.Seed,
        MaxThreads = invocation.Threads,
    };

    private static void WriteSplit(string path, IReadOnlyList<string> parts) => WholeFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write("row,part\n");
        for (int row = 0; row < parts.Count; row++)
            writer.Write($"{row},{parts[row]}\n");
    });
}
