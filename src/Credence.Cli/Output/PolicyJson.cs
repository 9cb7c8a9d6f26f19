using System.Text.Json.Nodes;
using Credence.Decisions;
using Credence.Report.Outcomes;
using Credence.Workflows;

namespace Credence.Cli.Output;

/// <summary>A policy and its evaluation as JSON.</summary>
internal static class PolicyJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(PolicyResult result)
    {
        SelectiveClassifier? selective = result.Policy?.Selective;
        var json = new JsonObject
        {
            ["kind"] = result.Policy is null ? "none"
                : result.Policy.Costs is not null ? "cost"
                : selective?.Risk is not null ? "risk"
                : selective is not null ? "coverage" : "always",
            ["statement"] = PolicyText.Statement(result),
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

        json["test"] = result.Figures is { } figures
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

    private static JsonObject Costs(CostMeasure cost) => new()
    {
        ["mean"] = cost.MeanCost,
        ["interval"] = new JsonArray(JsonNumber.Of(cost.Interval.Low), JsonNumber.Of(cost.Interval.High)),
        ["expected"] = cost.ExpectedCost,
        ["best_constant_action"] = cost.BestConstantAction,
        ["best_constant_cost"] = cost.BestConstantCost,
    };
}
