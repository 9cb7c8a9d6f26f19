using System.CommandLine;
using Credence.Cli.Output;
using Credence.Files.Scores;
using Credence.Models.Learning;
using Credence.Persistence;
using Credence.Report;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>credence calibrate SCORES</c>: a calibrator for scores that any system saved, measured on rows it was not fitted on.</summary>
internal static class CalibrateCommand
{
    private static readonly Argument<string> File = new("scores") { Description = "Scores that some system saved: csv or npz; - is standard input." };
    private static readonly Option<string> Method = new("--method") { HelpName = "NAME", Description = "auto, or one method by name.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "FILE",
        Description = "Write here: .credence for the calibrator, .csv or .npz for the calibrated probabilities.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("calibrate", "Calibrates scores that any system saved, and measures before and after.") { File, Method, Out };
        ScoreFitting.AddTo(command);
        ScoreOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            Run(new Invocation(parsed, cancellation));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Run(Invocation invocation)
    {
        string? output = invocation.Get(Out), report = invocation.Get(ScoreOptions.Report);
        if (output is not null)
            ScoreFitting.CheckOut(output);

        if (report is not null)
            WholeFile.CheckWritable(report);

        SavedScores scores = ScoreOptions.ReadLabelled(invocation, invocation.Get(File)!);
        (ScoresOutcome outcome, ScoreCalibrationFit fit) = ScoreFitting.Run(invocation, scores, invocation.Get(Method)!, output);
        foreach (string note in fit.Notes)
            invocation.Progress.Note($"  {note}");

        if (output is not null)
            ScoreFitting.Write(invocation, scores, fit.Calibrator, output);

        if (report is not null)
            invocation.Progress.Run("report", _ => ScoresReport.Write(outcome, "Calibration", report));

        if (invocation.Json)
        {
            invocation.Out.WriteLine(ScoresJson.Of(outcome).ToJsonString(JsonText.Options));
            return;
        }

        int fitted = outcome.CalibrationRows, measured = outcome.Evaluation.Labels.Count;
        ScoresScreen.Show(
            outcome,
            invocation.Get(ScoreFitting.FitRows) is null
                ? $"Fitted on {NumberText.Count(fitted, "row")} of {outcome.Classes.Count} classes; measured on the same by cross-fitting, each row by a fit without it."
                : $"Fitted on {NumberText.Count(fitted, "row")} of {outcome.Classes.Count} classes; measured on the other {NumberText.Count(measured)}.",
            output,
            report);
    }
}
