using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Evaluation;
using Credence.Report.Sections;

namespace Credence.Cli.Output;

/// <summary>Parts of a report that more than one command tells.</summary>
internal static class ReportSections
{
    /// <summary>Which class is taken for which; null where there are too many classes to count every pair.</summary>
    public static Confusion? Confusion(ModelEvaluation evaluation) => evaluation.Confusion?.Counts is { } counts
        ? new Confusion(evaluation.Classes, [.. counts.Select(count => (long)count)])
        : null;

    /// <summary>Which calibrators were tried, and which was taken.</summary>
    public static CalibrationChoice? Calibration(ICalibrator calibrator, CalibratorSelection? selection) => selection is null
        ? null
        : new CalibrationChoice(
            calibrator.Method, selection.Reason, [.. selection.Candidates.Select(candidate => (candidate.Method, candidate.LogLoss, candidate.Remark))])
        {
            Parameters = [.. calibrator.Parameters.Select(parameter => (parameter.Name, parameter.Value))],
        };
}
