using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credence.Data;
using Credence.Models;
using Credence.Workflows.Predictions;

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
    public void Write(PredictedRows rows)
    {
        for (int i = 0; i < rows.Predictions.Count; i++)
        {
            Row(rows, i);
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

    private void Row(PredictedRows rows, int i)
    {
        Prediction prediction = rows.Predictions[i];
        json.WriteStartObject();
        json.WriteNumber("row", rows.FirstRow + i);
        if (rows.Files is { } files)
            json.WriteString("file", files[i]);

        if (rows.Kept.Count > 0)
        {
            json.WriteStartObject("kept");
            foreach (KeptColumn column in rows.Kept)
                json.WriteString(column.Name, column.Cells[i]);

            json.WriteEndObject();
        }

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
