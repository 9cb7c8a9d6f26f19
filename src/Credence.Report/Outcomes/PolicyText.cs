using Credence.Report.Formatting;
using Credence.Workflows;

namespace Credence.Report.Outcomes;

/// <summary>A policy and its evaluation in words, for the report and the command.</summary>
public static class PolicyText
{
    /// <summary>What the policy does or guarantees, or why there is none.</summary>
    public static string Statement(PolicyResult result) => result.Refusal ?? (result.Policy switch
    {
        { Selective.Risk: { } risk } => risk.Statement,
        { Selective: { } selective } =>
            $"Answers the most confident {NumberText.Percent(selective.Coverage)} of the rows: "
            + $"those with probability {NumberText.Figure(selective.Threshold)} or more.",
        { Costs: { } costs } => $"Chooses the least expected cost among {NumberText.Count(costs.ActionNames.Count, "action")}.",
        _ => "Answers every row.",
    });

    /// <summary>The statement, and the evaluation of the policy where there is one.</summary>
    public static string Sentence(PolicyResult result) =>
        result.Figures is { } figures ? $"{Statement(result)} {Did(figures)}" : Statement(result);

    private static string Did(Models.PolicyMetrics figures) => figures.Costs is { } cost
        ? $"On held-out rows: {NumberText.Figure(cost.MeanCost)} per row "
            + $"({NumberText.Figure(cost.Interval.Low)} to {NumberText.Figure(cost.Interval.High)}), "
            + $"{NumberText.Figure(cost.ExpectedCost)} expected; "
            + $"always '{cost.BestConstantAction}' would cost {NumberText.Figure(cost.BestConstantCost)}."
        : $"On {NumberText.Count(figures.Rows, "held-out row")}: {NumberText.Percent(figures.AnsweredShare)} answered"
            + (figures.Answered == 0
                ? "."
                : $", {NumberText.Percent(figures.WrongShare)} of these wrong ({Range(figures.WrongInterval)}).");

    private static string Range((double Low, double High) interval) =>
        $"{NumberText.Percent(interval.Low)} to {NumberText.Percent(interval.High)}";
}
