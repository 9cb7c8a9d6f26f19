using System.Text.Json.Nodes;

namespace Credence.Cli.Output;

/// <summary>Numbers as JSON: an undefined or infinite number is null.</summary>
internal static class JsonNumber
{
    /// <summary>The number, or null where it is not finite.</summary>
    public static JsonNode? Of(double number) => double.IsFinite(number) ? JsonValue.Create(number) : null;
}
