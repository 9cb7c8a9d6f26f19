using System.Text.Json.Nodes;

namespace Credence.Persistence;

/// <summary>Reads the JSON of a saved part. A file is untrusted input, so a property that is missing
/// or of the wrong type is an <see cref="InvalidDataException"/> that names it.</summary>
public static class SavedJson
{
    /// <summary>A property that is an object.</summary>
    public static JsonObject Object(this JsonObject saved, string name) =>
        saved[name] as JsonObject ?? throw Wrong(saved, name, "an object");

    /// <summary>A property that is an object, or null where it is absent.</summary>
    public static JsonObject? ObjectOrNull(this JsonObject saved, string name) => saved[name] is null ? null : saved.Object(name);

    /// <summary>A property that is a list of objects.</summary>
    public static JsonObject[] Objects(this JsonObject saved, string name) =>
        [.. List(saved, name).Select(item => item as JsonObject ?? throw Wrong(saved, name, "a list of objects"))];

    /// <summary>A property that is a string.</summary>
    public static string Text(this JsonObject saved, string name) => TextOf(saved[name]) ?? throw Wrong(saved, name, "a string");

    /// <summary>A property that is a string, or null where it is absent.</summary>
    public static string? TextOrNull(this JsonObject saved, string name) => saved[name] is null ? null : saved.Text(name);

    /// <summary>A property that is a list of strings.</summary>
    public static string[] Texts(this JsonObject saved, string name) =>
        [.. List(saved, name).Select(item => TextOf(item) ?? throw Wrong(saved, name, "a list of strings"))];

    /// <summary>A property that is a finite number.</summary>
    public static double Number(this JsonObject saved, string name) => NumberOf(saved[name]) ?? throw Wrong(saved, name, "a finite number");

    /// <summary>A property that is a list of finite numbers.</summary>
    public static double[] Numbers(this JsonObject saved, string name) =>
        [.. List(saved, name).Select(item => NumberOf(item) ?? throw Wrong(saved, name, "a list of finite numbers"))];

    /// <summary>A property that is a whole number within bounds.</summary>
    public static int Integer(this JsonObject saved, string name, int min = 0, int max = int.MaxValue)
    {
        double value = saved.Number(name);
        return value >= min && value <= max && value == Math.Floor(value)
            ? (int)value
            : throw Wrong(saved, name, $"a whole number from {min} to {max}");
    }

    /// <summary>A property that is a list of whole numbers within bounds.</summary>
    public static int[] Integers(this JsonObject saved, string name, int min = 0, int max = int.MaxValue) =>
        [.. saved.Numbers(name).Select(value => value >= min && value <= max && value == Math.Floor(value)
            ? (int)value
            : throw Wrong(saved, name, $"a list of whole numbers from {min} to {max}"))];

    /// <summary>A property that is true or false.</summary>
    public static bool Flag(this JsonObject saved, string name) =>
        saved[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Wrong(saved, name, "true or false");

    /// <summary>A list of strings as JSON.</summary>
    public static JsonArray ToJson(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)JsonValue.Create(text)!)]);

    /// <summary>A list of numbers as JSON.</summary>
    public static JsonArray ToJson(this IEnumerable<double> numbers) =>
        new([.. numbers.Select(number => (JsonNode)JsonValue.Create(number))]);

    /// <summary>A list of whole numbers as JSON.</summary>
    public static JsonArray ToJson(this IEnumerable<int> numbers) => new([.. numbers.Select(number => (JsonNode)JsonValue.Create(number))]);

    private static JsonArray List(JsonObject saved, string name) => saved[name] as JsonArray ?? throw Wrong(saved, name, "a list");

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static double? NumberOf(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue(out double number) && double.IsFinite(number) => number,
        JsonValue value when value.TryGetValue(out int whole) => whole,
        JsonValue value when value.TryGetValue(out long whole) => whole,
        _ => null,
    };

    private static InvalidDataException Wrong(JsonObject saved, string name, string needed) => new(
        saved.ContainsKey(name)
            ? $"The model's description has '{name}' that is not {needed}."
            : $"The model's description lacks '{name}', {needed}.");
}
