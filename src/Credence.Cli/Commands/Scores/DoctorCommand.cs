using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Diagnostics;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Report.Outcomes;
using Credence.Workflows.Scores;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>credence doctor SCORES|MODEL</c>: diagnoses scores or a model in plain words; writes the
/// calibrator and a report.</summary>
internal static class DoctorCommand
{
    private const string DefaultReport = "doctor.html";
    private static readonly Argument<string> Subject = new("scores|model") { Description = "Saved scores (csv or npz), or a model file." };
    private static readonly Option<string> Out = new("--out")
    {
        HelpName = "FILE",
        Description = "Write the calibrator (.credence) or the calibrated probabilities (.csv, .npz) to FILE.",
        DefaultValueFactory = _ => "remedy.credence",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Diagnose saved scores or a model; write a calibrator and a report.") { Subject, Out };
        ScoreFitting.AddTo(command);
        ScoreOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var invocation = new Invocation(parsed, cancellationToken);
            string subject = invocation.Get(Subject)!;
            if (ModelFile.IsModel(subject))
            {
                IdleOptions.RefuseAllBut(invocation, "where a model file is diagnosed");
                LookAtModel(invocation, ModelFile.Load(subject));
            }
            else
            {
                LookAtScores(invocation, subject);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void LookAtModel(Invocation invocation, Classifier classifier)
    {
        Diagnosis diagnosis = Diagnosis.Diagnose(classifier);
        if (invocation.Json)
            invocation.Out.WriteLine(Findings(diagnosis, []).ToJsonString(JsonText.Options));
        else
            Show(invocation, diagnosis, null);
    }

    private static void LookAtScores(Invocation invocation, string path)
    {
        string remedy = invocation.Get(Out)!, report = invocation.Get(ScoreOptions.Report) ?? DefaultReport;
        ScoreFitting.CheckOut(remedy);
        OutputFiles.Check(invocation, ("--out", remedy), ("--report", report));
        SavedScores scores = ScoreOptions.ReadAny(invocation, path);
        ScoreCalibrationOptions options = ScoreFitting.Options(invocation, scores.Rows, "auto");
        DoctorOutcome outcome = new DoctorWorkflow(options).Run(
            scores, ScoreOptions.StatedKind(invocation), invocation.Progress, invocation.Cancellation);
        EvaluationOutcome evaluation = outcome.Calibration.Evaluation;
        ScoreFitting.Write(
            invocation, outcome.Calibration, remedy, report, reproduction => EvaluationReport.Of(outcome, reproduction));
        if (invocation.Json)
        {
            JsonObject json = Findings(outcome.Diagnosis, ScoresJson.Of(evaluation, invocation, remedy));
            json["nature"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.Format.Form.ToString());
            invocation.Out.WriteLine(json.ToJsonString(JsonText.Options));
        }
        else
        {
            string last = $"Wrote the calibrator to {remedy} and a report to {report}. 'credence predict {remedy} SCORES' applies it.";
            Show(invocation, outcome.Diagnosis, last);
        }
    }

    private static JsonObject Findings(Diagnosis diagnosis, JsonObject json)
    {
        json["verdict"] = diagnosis.Verdict;
        json["findings"] = new JsonArray([.. diagnosis.Findings.Select(finding => new JsonObject
        {
            ["weight"] = finding.Weight.ToString().ToLowerInvariant(),
            ["topic"] = finding.Topic,
            ["text"] = finding.Text,
            ["advice"] = finding.Advice,
        })]);
        return json;
    }

    private static void Show(Invocation invocation, Diagnosis diagnosis, string? last)
    {
        Display screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        screen.WriteLine(diagnosis.Verdict);
        Table table = Screen.Table("", "", "");
        table.HideHeaders();
        foreach (Finding finding in diagnosis.Findings)
        {
            string mark = finding.Weight switch { Severity.Good => "✓", Severity.Problem => "!", _ => "·" };
            table.AddPlain(mark, finding.Topic, finding.Advice is null ? finding.Text : $"{finding.Text} {finding.Advice}");
        }

        screen.Write(table);
        if (last is not null)
            screen.WriteLine(last);
    }
}
