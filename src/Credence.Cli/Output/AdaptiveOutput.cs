using System.Text.Json.Nodes;
using Credence.Report.Formatting;
using Credence.Workflows.Scores;

namespace Credence.Cli.Output;

/// <summary>Adaptive sets as JSON and on the screen.</summary>
internal static class AdaptiveOutput
{
    /// <summary>As JSON.</summary>
    public static JsonObject ToJson(AdaptiveResult result) => new()
    {
        ["step"] = result.Step,
        ["rows"] = result.Rows,
        ["aim"] = result.Aim,
        ["coverage"] = result.Coverage,
        ["mean_size"] = result.MeanSize,
        ["last_alpha"] = result.LastAlpha,
        ["bound"] = result.Bound,
        ["fixed"] = new JsonObject { ["coverage"] = result.FixedCoverage, ["mean_size"] = result.FixedMeanSize },
    };

    /// <summary>In a sentence.</summary>
    public static string Sentence(AdaptiveResult result) =>
        $"Adaptive sets over {NumberText.Count(result.Rows, "row")} in order: {NumberText.Percent(result.Coverage)} contained the true "
        + $"class (target {NumberText.Percent(result.Aim)}; at a fixed level {NumberText.Percent(result.FixedCoverage)}), "
        + $"{NumberText.Short(Math.Round(result.MeanSize, 2))} classes on average "
        + $"({NumberText.Short(Math.Round(result.FixedMeanSize, 2))}); "
        + $"the level ended at α = {NumberText.Figure(result.LastAlpha)}.";
}
