using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credence.Cli.Output;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Persistence;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>credence doctor SCORES|MODEL</c>: in plain words what they are, how far they can be trusted, and what to do; writes the
/// remedy and a report.</summary>
internal static class DoctorCommand
{
    private const string DefaultReport = "doctor.html";
    private static readonly Argument<string> Subject = new("scores|model") { Description = "Scores that some system saved (csv or npz), or a model's file." };
    private static readonly Option<string> Out = new("--out")
    {
        HelpName = "FILE",
        Description = "Write the remedy here: .credence for the calibrator, .csv or .npz for the calibrated probabilities.",
        DefaultValueFactory = _ => "remedy.credence",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Says in plain words what scores or a model are worth and what to do; writes the remedy and a report.") { Subject, Out };
        ScoreFitting.AddTo(command);
        ScoreOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var invocation = new Invocation(parsed, cancellation);
            string subject = invocation.Get(Subject)!;
            if (ModelFile.IsModel(subject))
                LookAtModel(invocation, ModelFile.Load(subject));
            else
                LookAtScores(invocation, subject);

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
        WholeFile.CheckWritable(report);
        (SavedScores scores, ScoreFormatReport nature) = Examine(invocation, ScoreOptions.ReadLabelled(invocation, path, isKindNeeded: false));
        (ScoresOutcome outcome, ScoreCalibrationFit fit) = ScoreFitting.Run(invocation, scores, "auto", remedy);
        Diagnosis diagnosis = Diagnosis.Diagnose(fit, nature);
        outcome = outcome with
        {
            Verdict = diagnosis.Verdict,
            Warnings = [.. diagnosis.Findings.Where(finding => finding.Weight == Severity.Problem).Select(finding => $"{finding.Text} {finding.Advice}".TrimEnd())],
        };
        ScoreFitting.Write(invocation, scores, fit.Calibrator, remedy);
        invocation.Progress.Run("report", _ => ScoresReport.Write(outcome, "Doctor's report", report));
        if (invocation.Json)
        {
            JsonObject json = Findings(diagnosis, ScoresJson.Of(outcome));
            json["nature"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(nature.Form.ToString());
            invocation.Out.WriteLine(json.ToJsonString(JsonText.Options));
        }
        else
            Show(invocation, diagnosis, $"Wrote the remedy to {remedy} and a report to {report}. 'credence predict {remedy} SCORES' applies it.");
    }

    /// <summary>Tells what the numbers are, and brings them into a form that can be measured.</summary>
    /// <exception cref="UsageException">They can't be what <c>--input</c> says.</exception>
    private static (SavedScores Scores, ScoreFormatReport Nature) Examine(Invocation invocation, SavedScores scores)
    {
        ScoreFormatReport nature = ScoreFormatReport.Inspect(scores.Values, scores.Classes.Count, scores.PlaceOf);
        string? said = invocation.Get(ScoreOptions.Input);
        if (said == "probabilities" && nature.Kind == ScoreKind.Logits)
            throw new UsageException($"--input probabilities: '{scores.Name}' can't hold any. {nature.Text} Give --input logits, or leave it out.");

        if (said == "logits" && nature.Kind == ScoreKind.Probabilities)
            nature = new ScoreFormatReport(ScoreFormat.Logits, $"Raw scores, as --input says. By the numbers alone: {char.ToLowerInvariant(nature.Text[0])}{nature.Text[1..]}", null);
        else if (said is null && scores.Kind is { } named && named != nature.Kind)
            nature = nature with { Text = $"{nature.Text} The array's name says {named.ToString().ToLowerInvariant()}; the numbers count.", Advice = nature.Advice ?? "Check which of the two was saved." };

        scores = scores with { Kind = nature.Kind, Values = nature.Normalized(scores.Values, scores.Classes.Count, scores.PlaceOf) };
        return ScoreFault.First(nature.Kind, scores.Values, scores.Classes.Count) is { } fault
            ? throw new InvalidDataException($"{scores.PlaceOf(fault.Row, fault.Class)} {fault.Text}")
            : (scores, nature);
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
        IAnsiConsole screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
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
