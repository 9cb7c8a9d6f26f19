using Credence.Evaluation;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Report.Formatting;
using Spectre.Console;

namespace Credence.Cli.Output;

/// <summary>The main metrics of an evaluation as a table: calibrated with intervals, uncalibrated beside, and a verdict.</summary>
internal static class MetricsTable
{
    /// <summary>The table.</summary>
    /// <param name="after">The metrics as they are now.</param>
    /// <param name="before">Before calibration; null, or the same metrics, where there was none.</param>
    public static Table Of(ModelEvaluation after, ModelEvaluation? before)
    {
        bool both = before is not null && !ReferenceEquals(after, before);
        Table table = both ? Screen.Table("metric", ">calibrated", "95 % interval", ">before", "verdict")
            : Screen.Table("metric", ">value", "95 % interval", "verdict");
        bool areSets = after.Figures.Any(figure => figure.Name == MetricName.MicroF1);
        foreach ((string name, string shown) in areSets ? MetricCatalog.SummaryOfSets : MetricCatalog.Summary)
        {
            MetricResult figure = after[name];
            bool share = name is MetricName.Accuracy;
            string interval = double.IsFinite(figure.Interval.Low)
                ? $"{Text(figure.Interval.Low, share)} to {Text(figure.Interval.High, share)}" : "";

            // The range that calibrated probabilities imply is shown in the report only.
            string verdict = (figure.IsCalibrationError ? figure.Verdict?.Sentence : figure.Verdict?.Reading) ?? "";
            if (both)
                table.AddPlain(shown, Text(figure.Value, share), interval, Text(before![name].Value, share), verdict);
            else
                table.AddPlain(shown, Text(figure.Value, share), interval, verdict);
        }

        return table;
    }

    /// <summary>The one verdict on the calibration, to stand above the table; null where it was not tested.</summary>
    public static string? Verdict(ModelEvaluation after, ModelEvaluation? before) => after.CalibrationTest is not { } test ? null
        : before is null || ReferenceEquals(after, before) ? $"Verdict: {test}."
            : $"Verdict: {test}; before calibration {before.CalibrationTest}.";

    private static string Text(double value, bool share) => share ? NumberText.Percent(value) : NumberText.Figure(value);
}
