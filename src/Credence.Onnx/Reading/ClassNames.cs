using System.Globalization;
using System.Text.Json;
using Credence.Onnx.Format;

namespace Credence.Onnx.Reading;

/// <summary>The classes' names that a model states.</summary>
internal static class ClassNames
{
    private const int MostSteps = 20;
    private static readonly string[] Keys = ["classes", "labels", "class_names", "label_names", "id2label", "names"];

    /// <summary>The names in a node's attributes, or null.</summary>
    public static IReadOnlyList<string>? Of(NodeProto node)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.Name is "classlabels_strings" or "classlabels_strings_int64s" or "classlabels_int64s" or "classlabels_ints")
            {
                if (attribute.Strings.Count > 0)
                    return [.. attribute.Strings.Select(name => name.ToStringUtf8())];

                if (attribute.Ints.Count > 0)
                    return [.. attribute.Ints.Select(number => number.ToString(CultureInfo.InvariantCulture))];
            }
        }

        return null;
    }

    /// <summary>The names of the first node that has some among the makers of a value and of what they are made of, or null.</summary>
    public static IReadOnlyList<string>? Behind(string value, Dictionary<string, NodeProto> makers)
    {
        for (int step = 0; step < MostSteps && makers.TryGetValue(value, out NodeProto? node); step++)
        {
            if (Of(node) is { } names)
                return names;

            if (node.Input.Count == 0)
                break;

            value = node.Input[0];
        }

        return null;
    }

    /// <summary>The names in the model's metadata: a JSON list, a JSON map from numbers to names, or names between commas; null where there
    /// are none for so many classes.</summary>
    public static IReadOnlyList<string>? InMetadata(ModelProto model, int classes)
    {
        foreach (StringStringEntryProto entry in model.MetadataProps.Where(entry =>
            Keys.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (Parsed(entry.Value) is { } names && names.Length == classes && names.Distinct(StringComparer.Ordinal).Count() == classes)
                return names;
        }

        return null;
    }

    private static string[]? Parsed(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text.StartsWith("{0: '", StringComparison.Ordinal) ? OfPython(text) : text);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Array => [.. json.RootElement.EnumerateArray().Select(name => name.ToString())],
                JsonValueKind.Object => [.. json.RootElement.EnumerateObject()
                    .OrderBy(pair => int.Parse(pair.Name, CultureInfo.InvariantCulture)).Select(pair => pair.Value.ToString())],
                _ => null,
            };
        }
        catch (Exception error) when (error is JsonException or FormatException or OverflowException)
        {
            return text.Contains('{') || text.Contains('[') ? null
                : text.Split(text.Contains('\n') ? '\n' : ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>A dictionary as Python writes it, {0: 'a', 1: 'b'}, as JSON.</summary>
    private static string OfPython(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"(\d+): '([^']*)'", "\"$1\": \"$2\"");
}
