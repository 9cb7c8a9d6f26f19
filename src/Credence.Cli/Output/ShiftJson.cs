using System.Text.Json.Nodes;
using Credence.Shift;
using Credence.Workflows;

namespace Credence.Cli.Output;

/// <summary>The class priors of unlabelled rows, as JSON.</summary>
internal static class ShiftJson
{
    /// <summary>The test, and each class prior with its interval.</summary>
    public static JsonObject Of(LabelShift source, LabelShiftEstimate estimate) => new()
    {
        ["method"] = LabelShiftNames.NameOf(source.Method),
        ["p"] = JsonNumber.Of(estimate.PValue),
        ["is_shifted"] = estimate.IsShifted,
        ["verdict"] = estimate.Verdict,
        ["prior"] = new JsonArray([.. source.ClassNames.Select((name, k) => new JsonObject
        {
            ["class"] = name,
            ["source"] = source.SourcePrior[k],
            ["share"] = estimate.Prior[k],
            ["interval"] = new JsonArray(JsonNumber.Of(estimate.Intervals[k].Low), JsonNumber.Of(estimate.Intervals[k].High)),
        })]),
    };
}
