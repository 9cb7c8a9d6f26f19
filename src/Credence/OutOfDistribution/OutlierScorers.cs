using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.OutOfDistribution;

/// <summary>Reads any saved scorer.</summary>
public static class OutlierScorers
{
    /// <summary>Reads what <see cref="IOutlierScorer.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing, unknown or out of range.</exception>
    public static IOutlierScorer Load(JsonObject saved, NamedTensors tensors, string prefix) => saved.Text("kind") switch
    {
        LogitScorer.Kind => LogitScorer.Load(saved, tensors, prefix),
        MahalanobisScorer.Kind => MahalanobisScorer.Load(saved, tensors, prefix),
        NeighbourScorer.Kind => NeighbourScorer.Load(saved, tensors, prefix),
        VimScorer.Kind => VimScorer.Load(saved, tensors, prefix),
        string other => throw new InvalidDataException($"The outlier scorer's 'kind' is '{other}', not known."),
    };
}
