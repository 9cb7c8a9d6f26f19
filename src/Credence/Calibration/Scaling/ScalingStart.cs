using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration.Scaling;

/// <summary>The start of a structured scaling: x = ln((1 − m)·softmax(βz + a) + m/K), a temperature or a temperature with biases,
/// mixed with a share m = 1/(n + 1) of the uniform distribution, so that x is bounded whatever the scores are.</summary>
internal sealed class ScalingStart
{
    private readonly double beta, mixed;
    private readonly double[] biases;

    private ScalingStart(double beta, double[] biases, double mixed)
    {
        this.beta = beta;
        this.biases = biases;
        this.mixed = mixed;
    }

    /// <summary>Starts from a temperature.</summary>
    public static ScalingStart Of(TemperatureScaling temperature, double rows) =>
        new(temperature.Beta, new double[temperature.Classes], 1 / (rows + 1));

    /// <summary>Starts from a temperature with biases.</summary>
    public static ScalingStart Of(BiasCorrectedTemperatureScaling scaling, double rows) =>
        new(scaling.Beta, scaling.Biases.ToArray(), 1 / (rows + 1));

    /// <summary>x, [n, K].</summary>
    public double[] Input(Logits logits, int maxThreads) =>
        RowBlocks.Whole(logits, maxThreads, (from, to, x) => Input(logits, from, to, x));

    /// <summary>x of some rows.</summary>
    public void Input(Logits logits, int from, int to, Span<double> x)
    {
        ScalingInput.Shift(logits, from, to, x);
        ScalingInput.Softmax(x, [beta], biases);
        double kept = 1 - mixed, added = mixed / biases.Length;
        for (int i = 0; i < x.Length; i++)
            x[i] = Math.FusedMultiplyAdd(kept, x[i], added);

        Log.Apply(x, x);
    }

    /// <summary>Serializes it.</summary>
    public void Save(JsonObject saved, NamedTensors tensors, string prefix)
    {
        saved["start_beta"] = beta;
        saved["start_mixed"] = mixed;
        tensors.Add<double>(prefix + "start_bias", biases);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static ScalingStart Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        double mixed = saved.Number("start_mixed");
        if (!(mixed > 0 && mixed < 1))
            throw new InvalidDataException($"The calibrator's 'start_mixed' is {mixed}; it must be above 0 and below 1.");

        return new ScalingStart(
            SavedScale.Read(saved, "start_beta"), SavedScale.Values(tensors, prefix + "start_bias", saved.Integer("classes", 1)), mixed);
    }
}
