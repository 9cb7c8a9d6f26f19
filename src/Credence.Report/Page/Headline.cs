using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Report.Formatting;
using Credence.Report.Plots;

namespace Credence.Report.Page;

/// <summary>A headline number at the top of the report.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The number.</param>
/// <param name="Remark">The remark below it.</param>
public sealed record Headline(string Name, string Value, string Remark)
{
    /// <summary>The headline numbers, of those the report has.</summary>
    public static IReadOnlyList<Headline> Of(ReportModel model)
    {
        var headlines = new List<Headline>();
        if (Find(model.Evaluation, MetricName.MicroF1) is { } several)
        {
            headlines.Add(new("F1", NumberText.Percent(several.Value), "of all labels of all rows together" + (several.Interval.IsKnown
                ? $"; 95 % interval {NumberText.Percent(several.Interval.Low)} to {NumberText.Percent(several.Interval.High)}" : "")));
        }

        if (Find(model.Evaluation, MetricName.Accuracy) is { } accuracy)
        {
            headlines.Add(new("Accuracy", NumberText.Percent(accuracy.Value),
                (Find(model.Evaluation, MetricName.MicroF1) is null ? "of all predictions" : "of all rows have exactly the true labels")
                + (double.IsFinite(accuracy.Interval.Low)
                ? $"; 95 % interval {NumberText.Percent(accuracy.Interval.Low)} to {NumberText.Percent(accuracy.Interval.High)}" : "")));
        }

        if (Find(model.Evaluation, MetricName.Ece) is { } error)
        {
            headlines.Add(new("ECE", NumberText.Percent(error.Value), "mean gap between confidence and accuracy"
                + (error.Null is { } none ? $"; of a calibrated model at most {NumberText.Percent(none.P95)}" : "")
                + (Find(model.Uncalibrated, MetricName.Ece) is { } before ? $"; before calibration {NumberText.Percent(before.Value)}"
                    : "")));
        }

        if (model.Evaluation?.RiskCoverage is { Count: > 0 } curve)
            headlines.Add(new("Risk at 80 %", NumberText.Percent(RiskCoveragePlot.At(curve, 0.8).Risk),
                "error rate of the 80 % most confident predictions"));

        if (model.Sets is { } sets)
        {
            headlines.Add(new("Coverage", NumberText.Percent(sets.Coverage),
                $"of prediction sets contain the true class, with {NumberText.Short(Math.Round(sets.MeanSize, 2))} classes on average"));
        }

        return headlines;
    }

    private static MetricResult? Find(ModelEvaluation? evaluation, string name) =>
        evaluation?.Figures.FirstOrDefault(figure => figure.Name == name && double.IsFinite(figure.Value));
}
