using System.Text.Json;
using System.Text.Json.Nodes;
using Credence.Models;
using Credence.Models.Files;
using Credence.Onnx.Format;

namespace Credence.Onnx.Reading;

/// <summary>What a wrapped model's metadata say: its calibrator, and where the scores are that it is of.</summary>
internal sealed record WrappedRecord(ScoreCalibrator Calibrator, string Tensor, int Columns)
{
    /// <summary>The key of the metadata that holds the calibrator's model file, in base 64.</summary>
    public const string CalibratorKey = "credence_calibrator";

    /// <summary>The key of the metadata that holds where the scores are and what the outputs are called.</summary>
    public const string RecordKey = "credence_record";

    /// <summary>Reads the record; null where the model is not wrapped.</summary>
    /// <exception cref="InvalidDataException">The record is damaged, or names what the graph has not.</exception>
    public static WrappedRecord? Of(ModelProto model)
    {
        string? calibrator = Value(model, CalibratorKey), record = Value(model, RecordKey);
        if (calibrator is null)
            return null;

        try
        {
            var scores = (JsonObject)JsonNode.Parse(record ?? "")!["scores"]!;
            string tensor = scores["tensor"]!.GetValue<string>();
            int columns = scores["columns"]!.GetValue<int>();
            if (!model.Graph.Node.Any(node => node.Output.Contains(tensor)) || columns < 1)
                throw new InvalidDataException($"The model's record names scores '{tensor}', which its graph does not make.");

            return ModelFile.FromBytes(Convert.FromBase64String(calibrator)) is ScoreCalibrator own
                ? new WrappedRecord(own, tensor, columns)
                : throw new InvalidDataException("The model's metadata hold no calibrator of scores.");
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or InvalidCastException
            or NullReferenceException)
        {
            throw new InvalidDataException("The model's record of its calibration is damaged. Wrap the original again.", error);
        }
    }

    /// <summary>The scores that the calibrator is of.</summary>
    public ScoreHead Head(string output) => new(
        output, Tensor, HeadForm.Same, Calibrator.Kind, Calibrator.Classes,
        $"a wrapped model: calibrated by {Calibrator.Calibrator.Method}; "
        + $"the {Calibrator.Kind.ToString().ToLowerInvariant()} before are '{Tensor}'");

    private static string? Value(ModelProto model, string key) => model.MetadataProps.FirstOrDefault(entry => entry.Key == key)?.Value;
}
