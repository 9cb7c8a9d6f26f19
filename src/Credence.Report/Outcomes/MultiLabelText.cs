using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Report.Formatting;

namespace Credence.Report.Outcomes;

/// <summary>The evaluation of rows with several labels in words.</summary>
internal static class MultiLabelText
{
    /// <summary>The main finding, in one sentence.</summary>
    public static string Verdict(ModelEvaluation evaluation) =>
        $"Averaged over the labels, precision is {NumberText.Percent(Mean(evaluation, one => one.Precision))} and recall "
        + $"{NumberText.Percent(Mean(evaluation, one => one.Recall))}; "
        + $"macro F1 {NumberText.Percent(evaluation[MetricName.MacroF1].Value)}.";

    private static double Mean(ModelEvaluation evaluation, Func<ClassResult, double> figure) =>
        evaluation.ClassResults.Select(figure).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
