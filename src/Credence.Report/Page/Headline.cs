using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Report.Formatting;
using Credence.Report.Plots;

namespace Credence.Report.Page;

/// <summary>One of the few numbers at the top of the report.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The number.</param>
/// <param name="Remark">What stands under it.</param>
public sealed record Headline(string Name, string Value, string Remark)
{
    /// <summary>The numbers worth seeing first, of those the report has.</summary>
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
            headlines.Add(new("Right", NumberText.Percent(accuracy.Value), (Find(model.Evaluation, MetricName.MicroF1) is null ? "of all predictions" : "of all rows, in every label") + (double.IsFinite(accuracy.Interval.Low)
                ? $"; 95 % interval {NumberText.Percent(accuracy.Interval.Low)} to {NumberText.Percent(accuracy.Interval.High)}" : "")));
        }

        if (Find(model.Evaluation, MetricName.Ece) is { } error)
        {
            headlines.Add(new("Off by", NumberText.Percent(error.Value), "between confidence and truth, on average"
                + (error.Null is { } none ? $"; a calibrated model’s would be up to {NumberText.Percent(none.P95)}" : "")
                + (Find(model.Uncalibrated, MetricName.Ece) is { } before ? $"; before calibration {NumberText.Percent(before.Value)}" : "")));
        }

        if (model.Evaluation?.RiskCoverage is { Count: > 0 } curve)
            headlines.Add(new("Wrong when sure", NumberText.Percent(RiskCoveragePlot.At(curve, 0.8).Risk), "of the surest 80 % of predictions"));

        if (model.Sets is { } sets)
        {
            headlines.Add(new("In the set", NumberText.Percent(sets.Coverage),
                $"of sets hold the true class, with {NumberText.Short(Math.Round(sets.MeanSize, 2))} classes on average"));
        }

        return headlines;
    }

    private static MetricResult? Find(ModelEvaluation? evaluation, string name) =>
        evaluation?.Figures.FirstOrDefault(figure => figure.Name == name && double.IsFinite(figure.Value));
}
