using System.Text.Json.Nodes;
using Credence.Conformal;
using Credence.Report.Formatting;
using Credence.Workflows;

namespace Credence.Cli.Output;

/// <summary>Prediction sets as JSON and on the screen.</summary>
internal static class SetOutput
{
    /// <summary>As JSON.</summary>
    public static JsonObject ToJson(SetResult sets)
    {
        var json = new JsonObject
        {
            ["alpha"] = sets.Alpha,
            ["score"] = sets.Score,
            ["coverage"] = sets.Coverage is { } coverage ? JsonNumber.Of(coverage) : null,
            ["mean_size"] = sets.MeanSize is { } size ? JsonNumber.Of(size) : null,
            ["guarantee"] = sets.Guarantee.ToString().ToLowerInvariant(),
            ["set_by"] = sets.Partition == ConformalPartition.None ? null : sets.Partition.ToString().ToLowerInvariant(),
            ["rows"] = sets.Rows,
            ["allow_empty_sets"] = sets.AllowsEmptySets,
            ["coverage_expected"] = sets.Law is { } law ? new JsonArray(law.Low, law.High) : null,
        };
        if (sets.Splits > 0)
        {
            json["splits"] = sets.Splits;
            json["coverage_sd"] = sets.CoverageDeviation is { } deviation ? JsonNumber.Of(deviation) : null;
            json["mean_size_sd"] = sets.MeanSizeDeviation is { } ofSize ? JsonNumber.Of(ofSize) : null;
        }

        return json;
    }

    /// <summary>In a line for the screen.</summary>
    public static string Sentence(SetResult sets) =>
        $"Prediction sets: {NumberText.Percent(sets.Coverage ?? double.NaN)} contain the true class "
        + $"(target {NumberText.Percent(1 - sets.Alpha)}, {sets.Guarantee.ToString().ToLowerInvariant()}"
        + (sets.Law is { } law ? $"; {NumberText.Percent(law.Low)} to {NumberText.Percent(law.High)} to expect at so many rows), " : "), ")
        + $"{sets.MeanSize:0.00} classes on average";
}
