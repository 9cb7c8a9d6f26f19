using System.Text.Json.Nodes;
using Credence.Evaluation;
using Credence.Evaluation.Results;

namespace Credence.Cli.Output;

/// <summary>Two models on the same rows, as JSON.</summary>
internal static class ComparisonJson
{
    /// <summary>The differences, first less second.</summary>
    public static JsonObject Of(ModelComparison comparison, string against)
    {
        var json = new JsonObject { ["against"] = Path.GetFileName(against), ["rows"] = comparison.Rows, ["verdict"] = comparison.Verdict };
        foreach (MetricDifference difference in comparison.Differences)
        {
            json[difference.Name] = new JsonObject
            {
                ["first"] = JsonNumber.Of(difference.First),
                ["second"] = JsonNumber.Of(difference.Second),
                ["difference"] = JsonNumber.Of(difference.Value),
                ["interval"] = MetricsJson.Of(difference.Interval),
                ["p"] = JsonNumber.Of(difference.PValue),
                ["verdict"] = difference.Verdict,
                ["definition"] = difference.Definition,
            };
        }

        return json;
    }
}
