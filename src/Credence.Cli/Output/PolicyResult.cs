using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Models;
using Credence.Report;

namespace Credence.Cli.Output;

/// <summary>What a policy promises and what it did: one thing for the screen, the JSON and the report.</summary>
/// <param name="Policy">The policy; null where no threshold keeps the promise that was asked for.</param>
/// <param name="Refusal">Why there is none, in words; null where there is one.</param>
/// <param name="Figures">What it did on rows that had no part in it; null where that was not measured.</param>
internal sealed record PolicyResult(Policy? Policy, string? Refusal, PolicyMetrics? Figures)
{
    /// <summary>A policy that was found before, on rows it has not seen; null where there is none.</summary>
    public static PolicyResult? Of(Policy? policy, Probabilities probabilities, Labels labels) =>
        policy is null ? null : new PolicyResult(policy, null, PolicyMetrics.Compute(policy, probabilities, labels));

    /// <summary>A policy found on these very rows, and measured by finding it on half of them and counting on the other half; null where none is asked for.</summary>
    public static PolicyResult? Of(PolicyOptions options, Probabilities probabilities, Labels labels, ulong seed)
    {
        if (!options.IsAsked)
            return null;

        PolicyFit fit = options.Fit(probabilities, labels);
        return new PolicyResult(fit.Policy, fit.Refusal, PolicyMetrics.Halved(probabilities, labels, options, seed));
    }

    /// <summary>As JSON.</summary>
    public JsonObject ToJson()
    {
        SelectiveClassifier? selective = Policy?.Selective;
        var json = new JsonObject
        {
            ["kind"] = Policy is null ? "none" : Policy.Costs is not null ? "cost" : selective?.Risk is not null ? "risk" : selective is not null ? "coverage" : "always",
            ["statement"] = Statement,
        };
        if (selective is not null)
        {
            json["threshold"] = JsonNumber.Of(selective.Threshold);
            json["answers"] = selective.Coverage;
        }

        if (selective?.Risk is { } risk)
        {
            json["max_risk"] = risk.MaxRisk;
            json["confidence"] = Math.Round(1 - risk.Delta, 12);
            json["rows"] = risk.Rows;
            json["answered"] = risk.Answered;
            json["wrong"] = risk.Wrong;
        }

        json["test"] = Figures is { } figures
            ? new JsonObject
            {
                ["rows"] = figures.Rows,
                ["answered_share"] = figures.AnsweredShare,
                ["wrong_share"] = JsonNumber.Of(figures.WrongShare),
                ["wrong_interval"] = new JsonArray(figures.WrongInterval.Low, figures.WrongInterval.High),
                ["cost"] = figures.Costs is { } cost ? Costs(cost) : null,
            }
            : null;
        return json;
    }

    /// <summary>In a line or two for the screen and the report.</summary>
    public string Sentence() => Figures is null ? Statement : $"{Statement} {Did(Figures)}";

    private string Statement => Refusal ?? (Policy switch
    {
        { Selective.Risk: { } risk } => risk.Statement,
        { Selective: { } selective } => $"Answers the surest {NumberText.Percent(selective.Coverage)}: those of probability {NumberText.Figure(selective.Threshold)} and above.",
        { Costs: { } costs } => $"Takes the cheapest of {NumberText.Count(costs.ActionNames.Count, "action")} by expected cost.",
        _ => "Answers every row.",
    });

    private static string Did(PolicyMetrics figures) => figures.Costs is { } cost
        ? $"On rows that had no part in it: {NumberText.Figure(cost.MeanCost)} a row ({NumberText.Figure(cost.Interval.Low)} to {NumberText.Figure(cost.Interval.High)}), "
            + $"{NumberText.Figure(cost.ExpectedCost)} expected; always '{cost.BestConstantAction}' would cost {NumberText.Figure(cost.BestConstantCost)}."
        : $"On {NumberText.Count(figures.Rows, "row")} that had no part in it: {NumberText.Percent(figures.AnsweredShare)} answered"
            + (figures.Answered == 0 ? "." : $", {NumberText.Percent(figures.WrongShare)} of these wrong ({NumberText.Percent(figures.WrongInterval.Low)} to {NumberText.Percent(figures.WrongInterval.High)}).");

    private static JsonObject Costs(CostMeasure cost) => new()
    {
        ["mean"] = cost.MeanCost,
        ["interval"] = new JsonArray(JsonNumber.Of(cost.Interval.Low), JsonNumber.Of(cost.Interval.High)),
        ["expected"] = cost.ExpectedCost,
        ["best_constant_action"] = cost.BestConstantAction,
        ["best_constant_cost"] = cost.BestConstantCost,
    };
}
