using System.Text.Json.Nodes;
using Credence.Calibration;
using Credence.Calibration.Selection;

namespace Credence.Cli.Output;

/// <summary>A calibrator and its selection, as JSON.</summary>
internal static class CalibrationJson
{
    /// <summary>The method, its parameters, and the other candidates.</summary>
    public static JsonObject Of(ICalibrator calibrator, CalibratorSelection? choice, double? floor = null)
    {
        var parameters = new JsonObject();
        foreach (CalibratorParameter parameter in calibrator.Parameters)
            parameters[parameter.Name] = JsonNumber.Of(parameter.Value);

        var json = new JsonObject
        {
            ["method"] = calibrator.Method,
            ["parameters"] = parameters,
            ["candidates"] = new JsonArray([.. (choice?.Candidates ?? []).Select(candidate => new JsonObject
            {
                ["method"] = candidate.Method,
                ["log_loss"] = JsonNumber.Of(candidate.LogLoss),
                ["standard_error"] = JsonNumber.Of(candidate.StandardError),
                ["remark"] = candidate.Remark,
            })]),
        };
        if (floor is { } least)
            json["floor"] = JsonNumber.Of(least);

        return json;
    }
}
