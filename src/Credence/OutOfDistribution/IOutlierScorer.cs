using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.OutOfDistribution;

/// <summary>Scores how unlike the training rows a row is. The row is a list of numbers: logits for the scores of logits,
/// features for the others.</summary>
public interface IOutlierScorer
{
    /// <summary>Its input: logits, features or both.</summary>
    OutlierInput Input { get; }

    /// <summary>The number of values in a row.</summary>
    int Columns { get; }

    /// <summary>The outlier score of a row; larger means more outlying.</summary>
    /// <param name="row"><see cref="Columns"/> numbers.</param>
    /// <returns>NaN where a number is NaN.</returns>
    /// <exception cref="ArgumentException">The length is another.</exception>
    double Score(ReadOnlySpan<double> row);

    /// <summary>Serializes it, with a "kind".</summary>
    JsonObject Save(NamedTensors tensors, string prefix);
}
