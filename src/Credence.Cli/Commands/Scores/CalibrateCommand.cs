using System.CommandLine;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Files.Scores;
using Credence.Models.Learning;
using Credence.Report.Formatting;
using Credence.Report.Outcomes;
using Credence.Workflows.Scores;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>credence calibrate SCORES</c>: a calibrator for saved scores of any system, evaluated on rows it was not fitted
/// on.</summary>
internal static class CalibrateCommand
{
    private static readonly Argument<string> File = new("scores") { Description = "Saved scores (csv or npz), or - for standard input." };

    private static readonly Option<string> Method = new("--method")
    {
        HelpName = "NAME",
        Description = "Calibrate by this method; auto chooses one by cross-validation.",
        DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "FILE",
        Description = "Write the calibrator (.credence) or the calibrated probabilities (.csv, .npz) to FILE.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("calibrate", "Calibrate saved scores, and evaluate them before and after.") { File, Method, Out };
        ScoreFitting.AddTo(command);
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
        string? output = invocation.Get(Out), report = invocation.Get(ScoreOptions.Report);
        if (output is not null)
            ScoreFitting.CheckOut(output);

        OutputFiles.Check(invocation, ("--out", output), ("--report", report));
        SavedScores scores = ScoreOptions.ReadLabelled(invocation, invocation.Get(File)!);
        ScoreCalibrationOptions options = ScoreFitting.Options(invocation, scores.Rows, invocation.Get(Method)!);
        CalibrationOutcome calibration = new CalibrationWorkflow(options).Run(scores, invocation.Progress, invocation.Cancellation);
        EvaluationOutcome outcome = calibration.Evaluation;
        ScoreFitting.Write(
            invocation, calibration, output, report, reproduction => EvaluationReport.Of(calibration, reproduction));

        if (invocation.Json)
        {
            invocation.Out.WriteLine(ScoresJson.Of(outcome, invocation, output).ToJsonString(JsonText.Options));
            return;
        }

        int fitted = outcome.CalibrationRows, measured = outcome.Evaluation.Labels.Count;
        ScoresScreen.Show(
            outcome,
            invocation,
            calibration.Fit.IsCrossFitted
                ? $"Fitted on {NumberText.Count(fitted, "row")} of {outcome.Classes.Count} classes; evaluated on the same rows by "
                    + "cross-fitting, each row by a fit without it."
                : $"Fitted on {NumberText.Count(fitted, "row")} of {outcome.Classes.Count} classes; evaluated on the other "
                    + $"{NumberText.Count(measured)}.",
            output,
            report);
    }
}
