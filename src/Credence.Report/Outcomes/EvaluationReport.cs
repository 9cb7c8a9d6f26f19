using Credence.Models;
using Credence.Report.Page;
using Credence.Report.Sections;
using Credence.Workflows.Scores;

namespace Credence.Report.Outcomes;

/// <summary>The report of an evaluation, a calibration or a diagnosis: all of its content comes from the outcome.</summary>
public static class EvaluationReport
{
    /// <summary>The report of an evaluation.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="reproduction">How to reproduce the result; null leaves the section out.</param>
    public static ReportModel Of(EvaluationOutcome outcome, Reproduction? reproduction = null) => Of(outcome, "Evaluation", reproduction);

    /// <summary>The report of a calibration.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="reproduction">How to reproduce the result; null leaves the section out.</param>
    public static ReportModel Of(CalibrationOutcome outcome, Reproduction? reproduction = null) =>
        Of(outcome.Evaluation, "Calibration", reproduction);

    /// <summary>The report of a diagnosis.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="reproduction">How to reproduce the result; null leaves the section out.</param>
    public static ReportModel Of(DoctorOutcome outcome, Reproduction? reproduction = null) =>
        Of(outcome.Calibration.Evaluation, "Diagnosis", reproduction);

    /// <summary>The report of an evaluation on rows with several labels.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="reproduction">How to reproduce the result; null leaves the section out.</param>
    public static ReportModel Of(MultiLabelEvaluationOutcome outcome, Reproduction? reproduction = null) => new()
    {
        Title = outcome.Source,
        Kind = "Evaluation",
        Verdict = MultiLabelText.Verdict(outcome.Evaluation.Calibrated),
        Evaluation = outcome.Evaluation.Calibrated,
        Uncalibrated = outcome.Evaluation.Uncalibrated,
        Reproduction = reproduction,
    };

    private static ReportModel Of(EvaluationOutcome outcome, string kind, Reproduction? reproduction)
    {
        ClassifierEvaluation evaluation = outcome.Evaluation;
        int[] counts = evaluation.Labels.Counts();
        return new ReportModel
        {
            Title = outcome.Source,
            Kind = kind,
            Verdict = outcome.Verdict,
            Warnings = outcome.Warnings,
            Data = new DataSummary
            {
                Source = outcome.Source,
                TrainRows = outcome.TrainRows,
                CalibrationRows = outcome.CalibrationRows,
                TestRows = evaluation.Labels.Count,
                Classes = [.. outcome.Classes.Zip(counts, (name, count) => (name, (long)count))],
                Notes = outcome.Notes,
            },
            Evaluation = evaluation.Calibrated,
            Uncalibrated = ReportSections.Before(evaluation.Calibrated, evaluation.Uncalibrated),
            Comparison = outcome.Comparison,
            Against = Path.GetFileName(outcome.Against) ?? "",
            Sets = ReportSections.Sets(outcome.Sets),
            Policy = outcome.Policy is null ? null : PolicyText.Sentence(outcome.Policy),
            Confusion = ReportSections.Confusion(evaluation.Calibrated),
            Calibration = outcome.Calibrator is null ? null : ReportSections.Calibration(outcome.Calibrator, outcome.Selection),
            Mistakes = ConfidentMistakes.Of(
                evaluation,
                row => outcome.Rows[row],
                row => outcome.Measured is { } rows ? RowExcerpt.Of(rows.Features, row) : $"row {outcome.Rows[row]}"),
            Reproduction = reproduction,
        };
    }
}
