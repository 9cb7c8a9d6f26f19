using System.Text.Json.Nodes;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Onnx.Reading;
using Credence.Persistence;

namespace Credence.Cli.Commands;

/// <summary>What an ONNX file contains, for <c>credence inspect</c>: read, not run.</summary>
internal static class OnnxContents
{
    /// <summary>Prints it, as JSON or on the screen.</summary>
    public static void Write(Invocation invocation, OnnxClassifier network)
    {
        if (invocation.Json)
        {
            JsonObject json = network.Calibrator is { } own ? CalibratorContents.Json(own) : new() { ["task"] = "classification" };
            json["model"] = "onnx";
            json["found"] = network.Found;
            json["opset"] = network.Opset;
            json["inputs"] = network.Inputs.ToJson();
            json["outputs"] = network.Outputs.ToJson();
            invocation.Out.WriteLine(json.ToJsonString(JsonText.Options));
            return;
        }

        Display screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        screen.WriteLine($"ONNX, opset {network.Opset}: {network.Found}.");
        screen.WriteLine($"Inputs {string.Join(", ", network.Inputs)}; outputs {string.Join(", ", network.Outputs)}.");
        if (network.Calibrator is { } calibrator)
            CalibratorContents.Show(calibrator, screen);
    }
}
