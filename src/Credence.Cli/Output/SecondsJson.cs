using System.Text.Json.Nodes;

namespace Credence.Cli.Output;

/// <summary>How long each stage took, by the names of the JSON contract.</summary>
internal static class SecondsJson
{
    /// <summary>The stages and their seconds, to a millisecond.</summary>
    public static JsonObject Of(IReadOnlyDictionary<string, double> stages)
    {
        var json = new JsonObject();
        foreach ((string stage, double seconds) in stages)
        {
            string name = stage switch
            {
                "reading" => "read",
                "training" => "train",
                "calibrating" => "calibrate",
                "evaluating" =>
                "evaluate",
                _ => stage
            };
            json[name] = Math.Round(seconds, 3);
        }

        return json;
    }
}
