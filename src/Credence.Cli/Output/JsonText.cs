using System.Text.Encodings.Web;
using System.Text.Json;

namespace Credence.Cli.Output;

/// <summary>How JSON is written: on one line, names in any script readable.</summary>
internal static class JsonText
{
    /// <summary>The options of every document the command prints.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
