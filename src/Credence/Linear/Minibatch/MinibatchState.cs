using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.Linear.Minibatch;

/// <summary>The state of a minibatch fit between two steps: all that the rest of the fit depends on, so that a resumed fit ends with the
/// same
/// bits as an uninterrupted one.</summary>
public sealed class MinibatchState
{
    internal MinibatchState(string data, string options, float[] weights, float[] bias, float[][] memory)
    {
        Data = data;
        Options = options;
        Weights = weights;
        Bias = bias;
        Memory = memory;
    }

    /// <summary>The same state with the memory of other step rules, into which it was copied.</summary>
    internal MinibatchState(MinibatchState other, float[][] memory)
        : this(other.Data, other.Options, [.. other.Weights], [.. other.Bias], memory)
    {
        passes.AddRange(other.passes);
        Scales = other.Scales;
        (Row, Steps, FirstStep, LossSum, WeightSum) = (other.Row, other.Steps, other.FirstStep, other.LossSum, other.WeightSum);
    }

    /// <summary>The fingerprint of the data.</summary>
    public string Data { get; }

    /// <summary>The description of the options.</summary>
    public string Options { get; }

    /// <summary>The number of completed passes.</summary>
    public int Pass => passes.Count;

    /// <summary>The number of completed rows in the current pass.</summary>
    public long Row { get; internal set; }

    /// <summary>The number of completed steps.</summary>
    public long Steps { get; internal set; }

    internal float[] Weights { get; }

    internal float[] Bias { get; }

    internal float[][] Memory { get; }

    /// <summary>The scale of each feature during training; W belongs to the scaled features.</summary>
    internal float[] Scales { get; set; } = [];

    internal double FirstStep { get; set; }

    internal double LossSum { get; set; }

    internal double WeightSum { get; set; }

    internal IReadOnlyList<MinibatchPass> Passes => passes;

    private readonly List<MinibatchPass> passes = [];

    internal void EndPass(double heldOut)
    {
        passes.Add(new MinibatchPass(LossSum / WeightSum, heldOut));
        (Row, LossSum, WeightSum) = (0, 0, 0);
    }

    /// <summary>Writes the arrays as tensors under a prefix.</summary>
    /// <returns>The state's description.</returns>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<float>(prefix + "weights", Weights);
        tensors.Add<float>(prefix + "bias", Bias);
        tensors.Add<float>(prefix + "scales", Scales);
        for (int i = 0; i < Memory.Length; i++)
            tensors.Add<float>($"{prefix}memory.{i}", Memory[i]);
        tensors.Add<long>(prefix + "done", [Row, Steps]);
        tensors.Add<double>(prefix + "sums", [FirstStep, LossSum, WeightSum]);
        tensors.Add<double>(prefix + "losses", passes.Select(pass => pass.Loss).ToArray());
        tensors.Add<double>(prefix + "held_out", passes.Select(pass => pass.HeldOutLogLoss).ToArray());
        return new JsonObject { ["data"] = Data, ["options"] = Options, ["memory"] = Memory.Length };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind.</exception>
    public static MinibatchState Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        float[][] memory = [.. Enumerable.Range(0, saved.Integer("memory", 0, 8)).Select(i => tensors.Get<float>($"{prefix}memory.{i}"))];
        long[] done = tensors.Get<long>(prefix + "done", 2);
        double[] sums = tensors.Get<double>(prefix + "sums", 3), losses = tensors.Get<double>(prefix + "losses");
        double[] heldOut = tensors.Get<double>(prefix + "held_out", losses.Length);
        if (done[0] < 0 || done[1] < 0)
            throw new InvalidDataException($"The checkpoint has {done[0]} completed rows and {done[1]} steps; neither can be below 0.");

        var state = new MinibatchState(saved.Text("data"), saved.Text("options"), tensors.Get<float>(prefix + "weights"),
            tensors.Get<float>(prefix + "bias"), memory)
        {
            Scales = tensors.Get<float>(prefix + "scales"),
            Row = done[0],
            Steps = done[1],
            FirstStep = sums[0],
            LossSum = sums[1],
            WeightSum = sums[2],
        };
        state.passes.AddRange(losses.Zip(heldOut, (loss, held) => new MinibatchPass(loss, held)));
        return state;
    }

    /// <summary>Checks that the data and options are those of this state.</summary>
    /// <exception cref="ArgumentException">The data or options differ.</exception>
    internal void CheckIs(MinibatchState fresh)
    {
        if (Data != fresh.Data)
            throw new ArgumentException($"The checkpoint is of other data: it has '{Data}', this is '{fresh.Data}'. Remove it to start "
                + "again.");
        if (Options != fresh.Options)
            throw new ArgumentException($"The checkpoint is of other options: it has '{Options}', these are '{fresh.Options}'. Remove it "
                + "to start again, or give the same options.");
        if (Weights.Length != fresh.Weights.Length || (Steps > 0 && Scales.Length * fresh.Bias.Length == 0)
            || Bias.Length != fresh.Bias.Length || !Memory.Select(m => m.Length).SequenceEqual(fresh.Memory.Select(m => m.Length)))
            throw new ArgumentException("The checkpoint's arrays do not fit this model. Remove it to start again.");
    }
}
