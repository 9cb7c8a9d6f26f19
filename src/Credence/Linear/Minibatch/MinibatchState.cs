using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.Linear.Minibatch;

/// <summary>Where a fit by minibatches stands, between two steps: all that the rest of it depends on, so that a fit that goes on from here ends with the same
/// bits as one that was never stopped.</summary>
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

    /// <summary>The same place with the memory of other step rules, into which it was copied.</summary>
    internal MinibatchState(MinibatchState other, float[][] memory)
        : this(other.Data, other.Options, [.. other.Weights], [.. other.Bias], memory)
    {
        passes.AddRange(other.passes);
        Scales = other.Scales;
        (Row, Steps, FirstStep, LossSum, WeightSum) = (other.Row, other.Steps, other.FirstStep, other.LossSum, other.WeightSum);
    }

    /// <summary>What the data is known by.</summary>
    public string Data { get; }

    /// <summary>What the fit was told, in words.</summary>
    public string Options { get; }

    /// <summary>Passes that are done.</summary>
    public int Pass => passes.Count;

    /// <summary>Rows of the pass now made that are done.</summary>
    public long Row { get; internal set; }

    /// <summary>Steps that are done.</summary>
    public long Steps { get; internal set; }

    internal float[] Weights { get; }

    internal float[] Bias { get; }

    internal float[][] Memory { get; }

    /// <summary>What each feature is multiplied by while it is learnt; W is that of features so scaled.</summary>
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

    /// <summary>Writes the numbers as tensors under a prefix.</summary>
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
            throw new InvalidDataException($"The checkpoint says {done[0]} rows and {done[1]} steps are done; neither can be below 0.");

        var state = new MinibatchState(saved.Text("data"), saved.Text("options"), tensors.Get<float>(prefix + "weights"), tensors.Get<float>(prefix + "bias"), memory)
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

    /// <summary>Refuses to go on with other data or options.</summary>
    /// <exception cref="ArgumentException">They are others than those of this state.</exception>
    internal void CheckIs(MinibatchState fresh)
    {
        if (Data != fresh.Data)
            throw new ArgumentException($"The checkpoint is of other data: it says '{Data}', this is '{fresh.Data}'. Remove it to begin anew.");
        if (Options != fresh.Options)
            throw new ArgumentException($"The checkpoint is of other options: it says '{Options}', these are '{fresh.Options}'. Remove it to begin anew, or give the same options.");
        if (Weights.Length != fresh.Weights.Length || (Steps > 0 && Scales.Length * fresh.Bias.Length == 0) || Bias.Length != fresh.Bias.Length || !Memory.Select(m => m.Length).SequenceEqual(fresh.Memory.Select(m => m.Length)))
            throw new ArgumentException("The checkpoint's numbers are not those of such a model. Remove it to begin anew.");
    }
}
