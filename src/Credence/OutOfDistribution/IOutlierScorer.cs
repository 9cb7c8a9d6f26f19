using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.OutOfDistribution;

/// <summary>Tells how unlike the training rows a row is. The row is a list of numbers: logits for the scores that work on these,
/// features for the others.</summary>
public interface IOutlierScorer
{
    /// <summary>What it takes of a row.</summary>
    OutlierInput Input { get; }

    /// <summary>The numbers a row has.</summary>
    int Columns { get; }

    /// <summary>The outlier score of a row; the larger, the stranger.</summary>
    /// <param name="row"><see cref="Columns"/> numbers.</param>
    /// <returns>NaN where a number is NaN.</returns>
    /// <exception cref="ArgumentException">The length is another.</exception>
    double Score(ReadOnlySpan<double> row);

    /// <summary>Serializes it, with a "kind".</summary>
    JsonObject Save(NamedTensors tensors, string prefix);
}
