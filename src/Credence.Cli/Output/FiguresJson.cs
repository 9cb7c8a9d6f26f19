using System.Text.Json.Nodes;
using Credence.Evaluation;

namespace Credence.Cli.Output;

/// <summary>An evaluation as the JSON contract has it: each figure by its name, their intervals, and their values for a calibrated model.</summary>
internal static class FiguresJson
{
    /// <summary>The figures.</summary>
    public static JsonObject Of(ModelEvaluation evaluation)
    {
        var json = new JsonObject { ["rows"] = evaluation.Rows };
        JsonObject intervals = [], calibrated = [], verdicts = [];
        foreach (FigureResult figure in evaluation.Figures)
        {
            json[figure.Name] = JsonNumber.Of(figure.Value);
            intervals[figure.Name] = new JsonArray(JsonNumber.Of(figure.Interval.Low), JsonNumber.Of(figure.Interval.High));
            if (figure.Null is { } none)
                calibrated[figure.Name] = new JsonObject { ["mean"] = JsonNumber.Of(none.Mean), ["p95"] = JsonNumber.Of(none.P95) };

            if (figure.Verdict is { } verdict)
                verdicts[figure.Name] = verdict;
        }

        json["intervals"] = intervals;
        json["calibrated_null"] = calibrated;
        json["verdicts"] = verdicts;
        return json;
    }
}
