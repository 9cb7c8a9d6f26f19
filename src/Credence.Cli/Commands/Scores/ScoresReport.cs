using Credence.Cli.Output;
using Credence.Models;
using Credence.Report;
using Credence.Report.Sections;

namespace Credence.Cli.Commands.Scores;

/// <summary>Makes the report of scores: everything it tells comes from the outcome.</summary>
internal static class ScoresReport
{
    /// <summary>Writes the report, whole or not at all.</summary>
    public static bool Write(ScoresOutcome outcome, string kind, string path)
    {
        ClassifierEvaluation evaluation = outcome.Evaluation;
        int[] counts = evaluation.Labels.Counts();
        ReportFile.Write(
            new ReportModel
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
                Uncalibrated = ReferenceEquals(evaluation.Calibrated, evaluation.Uncalibrated) ? null : evaluation.Uncalibrated,
                Comparison = outcome.Comparison,
                Against = Path.GetFileName(outcome.Against) ?? "",
                Sets = outcome.Sets?.ToReport(),
                Policy = outcome.Policy?.Sentence(),
                Confusion = ReportSections.Confusion(evaluation.Calibrated),
                Calibration = outcome.Calibrator is null ? null : ReportSections.Calibration(outcome.Calibrator, outcome.Selection),
                Mistakes = outcome.Mistakes,
                Reproduction = new Reproduction(ReportFile.CommandLine(), outcome.Invocation.Seed, outcome.Fingerprint, ReportFile.Version),
            },
            path,
            outcome.Invocation.Cancellation);
        return true;
    }
}
