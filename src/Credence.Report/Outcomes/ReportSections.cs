using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Evaluation;
using Credence.Report.Plots;
using Credence.Report.Sections;
using Credence.Workflows;

namespace Credence.Report.Outcomes;

/// <summary>Sections of a report that more than one kind of report has.</summary>
internal static class ReportSections
{
    /// <summary>The confusion matrix; null where there are too many classes to count every pair.</summary>
    public static Confusion? Confusion(ModelEvaluation evaluation) => evaluation.Confusion?.Counts is { } counts
        ? new Confusion(evaluation.Classes, [.. counts.Select(count => (long)count)])
        : null;

    /// <summary>The calibrators tried, and the selected one.</summary>
    public static CalibrationChoice? Calibration(ICalibrator calibrator, CalibratorSelection? selection) => selection is null
        ? null
        : new CalibrationChoice(
            calibrator.Method, selection.Reason,
                [.. selection.Candidates.Select(candidate => (candidate.Method, candidate.LogLoss, candidate.Remark))])
        {
            Parameters = [.. calibrator.Parameters.Select(parameter => (parameter.Name, parameter.Value))],
        };

    /// <summary>The prediction sets; null where there are none, or they were not evaluated.</summary>
    public static PredictionSets? Sets(SetResult? sets) => sets is { Coverage: { } coverage, MeanSize: { } size }
        ? new PredictionSets
        {
            Alpha = sets.Alpha,
            Score = sets.Score,
            Coverage = coverage,
            MeanSize = size,
            IsExact = sets.Guarantee == ConformalGuarantee.Exact,
            Rows = sets.Rows,
            Law = sets.Law,
            Sizes = sets.Sizes,
        }
        : null;

    /// <summary>The metrics before calibration; null where it changed nothing.</summary>
    public static ModelEvaluation? Before(ModelEvaluation calibrated, ModelEvaluation uncalibrated) =>
        ReferenceEquals(calibrated, uncalibrated) ? null : uncalibrated;
}
