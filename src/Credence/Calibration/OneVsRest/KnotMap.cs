using System.Text.Json.Nodes;
using Credence.Calibration.Scaling;
using Credence.Persistence;

namespace Credence.Calibration.OneVsRest;

/// <summary>A map of probability to probability through knots: piecewise linear and flat beyond, or piecewise constant from each knot to
/// the next.</summary>
internal sealed class KnotMap : IScoreMap
{
    private readonly double[] x, y;
    private readonly bool steps;

    /// <summary>Creates one.</summary>
    /// <param name="x">Ascending, at least one; two may be equal where the map jumps.</param>
    /// <param name="y">As many, from 0 to 1.</param>
    /// <param name="steps">Whether the map is flat from each knot to the next.</param>
    public KnotMap(double[] x, double[] y, bool steps)
    {
        this.x = x;
        this.y = y;
        this.steps = steps;
    }

    /// <inheritdoc/>
    public double Apply(OneVsRestScore score) => At(score.Rounded);

    /// <summary>The map's value.</summary>
    public double At(double p)
    {
        int after = UpperBound(p);
        if (after == 0)
            return y[0];

        if (steps || after == x.Length || x[after - 1] == p)
            return y[after - 1];

        double share = (p - x[after - 1]) / (x[after] - x[after - 1]);
        return Math.Clamp(
            y[after - 1] + (share * (y[after] - y[after - 1])), Math.Min(y[after - 1], y[after]), Math.Max(y[after - 1], y[after]));
    }

    /// <summary>How many knots are at or below a value.</summary>
    private int UpperBound(double p)
    {
        int low = 0, high = x.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (x[middle] <= p)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "x", x);
        tensors.Add<double>(prefix + "y", y);
        return new JsonObject { ["knots"] = x.Length, ["steps"] = steps };
    }

    public static IScoreMap Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int knots = saved.Integer("knots", 1);
        double[] x = SavedScale.Values(tensors, prefix + "x", knots), y = SavedScale.Values(tensors, prefix + "y", knots);
        for (int i = 0; i < knots; i++)
        {
            if (i > 0 && x[i] < x[i - 1])
                throw new InvalidDataException($"Tensor '{prefix}x' does not ascend at {i}.");

            if (!(y[i] >= 0 && y[i] <= 1))
                throw new InvalidDataException($"Tensor '{prefix}y' value {i} is {y[i]}; it must be from 0 to 1.");
        }

        return new KnotMap(x, y, saved.Flag("steps"));
    }
}
