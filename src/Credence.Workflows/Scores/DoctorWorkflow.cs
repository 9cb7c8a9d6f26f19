using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Files.Scores;
using Credence.Models.Learning;

namespace Credence.Workflows.Scores;

/// <summary>Diagnoses saved scores of any system and in any form, and fits a calibrator that corrects them. Nothing is
/// written.</summary>
public sealed class DoctorWorkflow
{
    private readonly ScoreCalibrationOptions options;

    /// <summary>A workflow with the given options.</summary>
    /// <param name="options">How the scores are calibrated.</param>
    public DoctorWorkflow(ScoreCalibrationOptions? options = null) => this.options = options ?? new ScoreCalibrationOptions();

    /// <summary>Diagnoses scores.</summary>
    /// <param name="scores">Scores with labels, as <see cref="ScoreInput.ReadAny"/> reads them.</param>
    /// <param name="stated">Their stated kind; null detects it from the numbers.</param>
    /// <param name="progress">Receives each stage.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">There are no labels, or the scores can't be of the kind stated.</exception>
    /// <exception cref="InvalidDataException">A row can't be of its kind, or there are too few rows with a label.</exception>
    public DoctorOutcome Run(
        SavedScores scores,
        ScoreKind? stated = null,
        IProgress<WorkflowProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ScoreInput.CheckLabelled(scores);
        (scores, ScoreFormatReport format) = Examine(scores, stated);
        var stages = new StageReporter(progress);
        CalibrationOutcome outcome = new CalibrationWorkflow(options).Run(scores, stages, cancellationToken);
        Diagnosis diagnosis = Diagnosis.Diagnose(outcome.Fit, format);
        if (diagnosis.LeavesScores && outcome.Fit.Selection.Calibrator.Method != "none")
        {
            var unchanged = new CalibrationWorkflow(options with { Selection = options.Selection with { Methods = ["none"] } });
            outcome = unchanged.Run(scores, stages, cancellationToken);
        }

        IEnumerable<Finding> problems = diagnosis.Findings.Where(finding => finding.Weight == Severity.Problem);
        return new DoctorOutcome(format, diagnosis, outcome with
        {
            Evaluation = outcome.Evaluation with
            {
                Verdict = diagnosis.Verdict,
                Warnings = [.. problems.Select(finding => $"{finding.Text} {finding.Advice}".TrimEnd())],
            },
        });
    }

    /// <summary>Detects the format of the numbers, and converts them into a form that can be evaluated.</summary>
    private static (SavedScores Scores, ScoreFormatReport Format) Examine(SavedScores scores, ScoreKind? stated)
    {
        ScoreFormatReport format = ScoreFormatReport.Inspect(scores.Values, scores.Classes.Count, scores.PlaceOf);
        if (stated == ScoreKind.Probabilities && format.Kind == ScoreKind.Logits)
        {
            throw new WorkflowOptionException(
                $"'{scores.Name}' is stated to hold probabilities, but can't. {format.Text}", nameof(ScoreInput.Kind));
        }

        if (stated == ScoreKind.Logits && format.Kind == ScoreKind.Probabilities)
        {
            string told = $"{char.ToLowerInvariant(format.Text[0])}{format.Text[1..]}";
            format = new ScoreFormatReport(ScoreFormat.Logits, $"Raw scores, as stated. By the numbers alone: {told}", null);
        }
        else if (stated is null && scores.Kind is { } named && named != format.Kind)
        {
            format = format with
            {
                Text = $"{format.Text} The array's name says {named.ToString().ToLowerInvariant()}; the numbers decide.",
                Advice = format.Advice ?? "Check which of the two was saved.",
            };
        }

        scores = scores with
        {
            Kind = format.Kind,
            Resolution = format.Resolution,
            Values = format.Normalized(scores.Values, scores.Classes.Count, scores.PlaceOf),
        };
        return ScoreFault.First(format.Kind, scores.Values, scores.Classes.Count) is { } fault
            ? throw new InvalidDataException($"{scores.PlaceOf(fault.Row, fault.Class)} {fault.Text}")
            : (scores, format);
    }
}
