using System.Collections.Frozen;

namespace Credence.Onnx.Reading;

/// <summary>The operators of the two standard domains, <c>ai.onnx</c> and <c>ai.onnx.ml</c>: those that run wherever ONNX runs.</summary>
internal static class StandardOperators
{
    /// <summary>The domain of classical models.</summary>
    public const string Ml = "ai.onnx.ml";

    private static readonly FrozenSet<string> Names = Read();

    /// <summary>Whether a domain is one of the two; the empty name is the first.</summary>
    public static bool IsDomain(string domain) => domain is "" or "ai.onnx" or Ml;

    /// <summary>Whether a standard domain has an operator.</summary>
    public static bool Has(string domain, string name) => Names.Contains($"{(domain.Length == 0 ? "ai.onnx" : domain)} {name}");

    private static FrozenSet<string> Read()
    {
        using var text = new StreamReader(typeof(StandardOperators).Assembly.GetManifestResourceStream("operators.txt")!);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
