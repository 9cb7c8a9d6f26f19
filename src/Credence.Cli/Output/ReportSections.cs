using Credence.Calibration;
using Credence.Cli.Options;
using Credence.Decisions;
using Credence.Evaluation;
using Credence.Models;
using Credence.Report.Sections;

namespace Credence.Cli.Output;

/// <summary>Parts of a report that more than one command tells.</summary>
internal static class ReportSections
{
    private const double TwoSided95 = 1.959963984540054;

    /// <summary>What the prediction sets promise and did.</summary>
    public static PredictionSets? Sets(ConformalClassifier? sets, SetFigures? figures, int testRows)
    {
        if (sets is null || figures is null)
            return null;

        CoverageLaw? law = sets.Laws.Count == 1 && sets.Guarantee == ConformalGuarantee.Exact ? sets.Laws[0] : null;
        double reach = law is null ? 0 : TwoSided95 * law.StandardDeviationOn(testRows);
        return new PredictionSets
        {
            Alpha = sets.Alpha,
            Score = SetScores.NameOf(sets.Score),
            Coverage = figures.Coverage,
            MeanSize = figures.MeanSize,
            IsExact = sets.Guarantee == ConformalGuarantee.Exact,
            Rows = sets.Rows,
            Law = law is null ? null : (Math.Max(0, law.Mean - reach), Math.Min(1, law.Mean + reach)),
            Sizes = figures.Sizes,
        };
    }

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
