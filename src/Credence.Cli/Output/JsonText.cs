using System.Text.Encodings.Web;
using System.Text.Json;

namespace Credence.Cli.Output;

/// <summary>The JSON format: on one line, with names in any script unescaped.</summary>
internal static class JsonText
{
    /// <summary>The serializer options of every document.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
