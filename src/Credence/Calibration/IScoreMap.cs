using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.Calibration;

/// <summary>A fitted map from one class's score to its probability against the rest.</summary>
internal interface IScoreMap
{
    /// <summary>The probability of the class.</summary>
    double Apply(OneVsRestScore score);

    /// <summary>Serializes it.</summary>
    JsonObject Save(NamedTensors tensors, string prefix);
}
