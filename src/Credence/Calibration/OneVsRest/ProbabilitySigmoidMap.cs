using System.Text.Json.Nodes;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration.OneVsRest;

/// <summary>σ(a·p + c), a ≥ 0.</summary>
internal sealed class ProbabilitySigmoidMap(double slope, double constant) : IScoreMap
{
    /// <inheritdoc/>
    public double Apply(OneVsRestScore score) => Sigmoid.Compute(Math.FusedMultiplyAdd(slope, score.Rounded, constant));

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix) => new() { ["a"] = slope, ["c"] = constant };

    public static IScoreMap Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        double slope = saved.Number("a");
        return slope >= 0 ? new ProbabilitySigmoidMap(slope, saved.Number("c"))
            : throw new InvalidDataException($"The calibrator's 'a' is {slope}; it must be 0 or more.");
    }
}
