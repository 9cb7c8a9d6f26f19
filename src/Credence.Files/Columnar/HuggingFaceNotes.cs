using System.Text.Json;

namespace Credence.Files.Columnar;

/// <summary>What the Hugging Face library for data sets notes in a Parquet file: the names of the numbers in a column of labels.</summary>
internal static class HuggingFaceNotes
{
    private const int MaxLength = 1 << 24;

    /// <summary>The names of the labels of each column that has such names.</summary>
    /// <param name="notes">The notes of the file's writer, by key.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> LabelNames(IReadOnlyDictionary<string, string> notes)
    {
        var named = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (!notes.TryGetValue("huggingface", out string? note) || note.Length > MaxLength)
            return named;

        try
        {
            using JsonDocument document = JsonDocument.Parse(note);
            if (!TryObject(document.RootElement, "info", out JsonElement info) || !TryObject(info, "features", out JsonElement features))
                return named;

            foreach (JsonProperty feature in features.EnumerateObject())
            {
                if (Names(feature.Value) is { Count: > 0 } names)
                    named[feature.Name] = names;
            }
        }
        catch (JsonException)
        {
            // The note is another program's; without it the labels are numbers.
        }

        return named;
    }

    private static List<string>? Names(JsonElement feature)
    {
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("_type", out JsonElement type)
            || type.ValueKind != JsonValueKind.String || type.GetString() != "ClassLabel"
            || !feature.TryGetProperty("names", out JsonElement names))
            return null;

        // Early versions wrote a list, or an object of positions.
        IEnumerable<JsonElement> items = names.ValueKind switch
        {
            JsonValueKind.Array => names.EnumerateArray(),
            JsonValueKind.Object => names.EnumerateObject().Select(name => name.Value),
            _ => [],
        };
        return [.. items.Select(name => name.ToString())];
    }

    private static bool TryObject(JsonElement parent, string name, out JsonElement child)
    {
        child = default;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out child)
            && child.ValueKind == JsonValueKind.Object;
    }
}
