using Credence.Evaluation.Results;
using Credence.Report.Formatting;
using Credence.Report.Plots;

namespace Credence.Report.Page;

/// <summary>The report's main finding, in one sentence.</summary>
public static class VerdictText
{
    /// <summary>"Of 100 predictions made with 90 % confidence, about 89 are right", and whether the probabilities are calibrated.</summary>
    /// <param name="model">The report.</param>
    /// <returns>The sentence, or null where there are no predictions.</returns>
    public static string? Of(ReportModel model)
    {
        if (model.Verdict is not null)
            return model.Verdict;

        if (model.Evaluation is null || ReliabilityReading.Filled(model.Evaluation.Reliability) is not { Count: > 0 } bins)
            return null;

        ReliabilityBin told = Nearest(bins);
        string before = "";
        if (model.Uncalibrated is not null && ReliabilityReading.Filled(model.Uncalibrated.Reliability) is { Count: > 0 } earlier)
        {
            ReliabilityBin then = Nearest(earlier);
            if (double.Abs(then.Confidence - told.Confidence) < 0.04 && double.Abs(then.Accuracy - told.Accuracy) >= 0.02)
                before = $" (before calibration, {NumberText.OfHundred(then.Accuracy)})";
        }

        return $"Of 100 predictions made with {NumberText.Percent(told.Confidence, 0)} confidence, about "
            + $"{NumberText.OfHundred(told.Accuracy)} are right{before}"
            + Trust(bins, model.Evaluation.CalibrationTest);
    }

    /// <summary>The group of predictions nearest to 90 % confidence that is large enough.</summary>
    private static ReliabilityBin Nearest(IReadOnlyList<ReliabilityBin> points)
    {
        int enough = Math.Min(ReliabilityReading.Thin, points.Max(p => p.Count));
        return points.Where(p => p.Count >= enough).MinBy(p => double.Abs(p.Confidence - 0.9));
    }

    private static string Trust(IReadOnlyList<ReliabilityBin> points, CalibrationTest? test)
    {
        double rows = points.Sum(p => (double)p.Count);
        double surplus = points.Sum(p => p.Count * (p.Confidence - p.Accuracy)) / rows;
        return test switch
        {
            null => ".",
            { IsMiscalibrated: false } => $": no miscalibration detected on {NumberText.Count((long)rows, "row")} ({test.Evidence}).",
            _ when double.Abs(surplus) < 0.01 => ": these probabilities are miscalibrated, though not on average "
                + $"({test.Evidence}).",
            _ when surplus > 0 => $": these probabilities are overconfident, by {NumberText.Percent(surplus)} on average "
                + $"({test.Evidence}).",
            _ => $": these probabilities are underconfident, by {NumberText.Percent(-surplus)} on average ({test.Evidence}).",
        };
    }
}
