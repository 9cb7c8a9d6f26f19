using Credence.Data.Scores;

namespace Credence.Onnx.Reading;

/// <summary>Where a graph holds its classifier's scores, before whatever turns them into probabilities where that can be told.</summary>
/// <param name="Output">The graph's output that holds the classifier's answer.</param>
/// <param name="Tensor">The value that holds the scores.</param>
/// <param name="Form">How the output comes from it.</param>
/// <param name="Kind">The kind of the scores; null where only the numbers can tell.</param>
/// <param name="Classes">The classes' names that the graph states, or null.</param>
/// <param name="Text">What was found, in words.</param>
internal sealed record ScoreHead(
    string Output, string Tensor, HeadForm Form, ScoreKind? Kind, IReadOnlyList<string>? Classes, string Text)
{
    /// <summary>Whether the output is a sequence of dictionaries from names to probabilities.</summary>
    public bool IsZipMap { get; init; }
}
