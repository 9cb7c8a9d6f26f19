using System.Text.Json.Nodes;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration.Scaling;

/// <summary>Reads fitted values back, and refuses those that no fit can give.</summary>
internal static class SavedScale
{
    /// <summary>An inverse temperature: positive, |ln β| within its bound.</summary>
    public static double Read(JsonObject saved, string name)
    {
        double beta = saved.Number(name);
        return beta > 0 && Math.Abs(Log.Compute(beta)) <= TemperatureScaling.LogBound + 1e-9
            ? beta
            : throw new InvalidDataException($"The calibrator's '{name}' is {beta}; it must be from e^-10 to e^10.");
    }

    /// <summary>Finite values of a tensor.</summary>
    public static double[] Values(NamedTensors tensors, string name, long length)
    {
        double[] values = tensors.Get<double>(name, length);
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new InvalidDataException($"Tensor '{name}' value {i} is {values[i]}; it must be finite.");
        }

        return values;
    }
}
