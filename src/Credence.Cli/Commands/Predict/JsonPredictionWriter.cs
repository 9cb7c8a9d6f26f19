using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credence.Models;

namespace Credence.Cli.Commands.Predict;

/// <summary>Predictions as JSON lines.</summary>
internal sealed class JsonPredictionWriter : IPredictionWriter
{
    private readonly TextWriter to;
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Utf8JsonWriter json;

    /// <summary>Writes to a text.</summary>
    public JsonPredictionWriter(TextWriter to)
    {
        this.to = to;
        json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <inheritdoc/>
    public void Write(long firstRow, IReadOnlyList<Prediction> predictions, IReadOnlyList<string>? files = null)
    {
        for (int i = 0; i < predictions.Count; i++)
        {
            Row(firstRow + i, files?[i], predictions[i]);
            json.Flush();
            to.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
            to.Write('\n');
            buffer.ResetWrittenCount();
            json.Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        json.Dispose();
        to.Flush();
    }

    private void Row(long row, string? file, Prediction prediction)
    {
        json.WriteStartObject();
        json.WriteNumber("row", row);
        if (file is not null)
            json.WriteString("file", file);

        json.WriteString("label", prediction.Label);
        json.WriteNumber("probability", prediction.Probability);
        Write("top", prediction.Top);
        if (prediction.Labels is { } labels)
            Write("labels", labels);

        if (prediction.Set is { } set)
        {
            json.WriteStartArray("set");
            foreach (string label in set)
                json.WriteStringValue(label);

            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("set");
        }

        json.WriteBoolean("abstain", prediction.Abstain);
        if (prediction.MissingCells > 0)
            json.WriteNumber("missing", prediction.MissingCells);

        if (prediction.Reason is { } reason)
            json.WriteString("reason", reason);

        if (prediction.Action is { } action)
        {
            json.WriteString("action", action);
            json.WriteNumber("expected_cost", prediction.ExpectedCost!.Value);
        }

        if (prediction.OutlierPValue is { } p)
        {
            json.WriteNumber("outlier_p", p);
            json.WriteBoolean("outlier", prediction.IsOutlier!.Value);
        }

        json.WriteEndObject();
    }

    private void Write(string name, IReadOnlyList<LabelProbability> labels)
    {
        json.WriteStartArray(name);
        foreach (LabelProbability one in labels)
        {
            json.WriteStartObject();
            json.WriteString("label", one.Label);
            json.WriteNumber("probability", one.Probability);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
