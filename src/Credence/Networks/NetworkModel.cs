using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Networks.Layers;
using Credence.Numerics;
using Credence.Persistence;
using Credence.Threading;

namespace Credence.Networks;

/// <summary>A neural network: its last layer gives the logits.</summary>
public sealed class NetworkModel : ILogitModel
{
    internal const string KindName = "network";

    /// <summary>Rows taken through the network at once; a thread's piece of work.</summary>
    private const int ChunkRows = 16, PieceRows = 64;

    private readonly NetworkInputs inputs;
    private readonly float[] parameters;

    // A run has memory of its own; as many are made as threads ask at once.
    private readonly ConcurrentBag<NetworkRun<float>> idle = [];

    internal NetworkModel(Network network, NetworkInputs inputs, float[] parameters)
    {
        Network = network;
        this.inputs = inputs;
        this.parameters = parameters;
        Classes = network.Output().Size;
        NetworkRun<float> first = Create();
        if (parameters.Length != first.Layout.Count)
            throw new InvalidDataException($"The model's network has {parameters.Length} parameters, needs {first.Layout.Count}.");

        idle.Add(first);
    }

    /// <summary>The layers.</summary>
    public Network Network { get; }

    /// <summary>The number of parameters.</summary>
    public int Parameters => parameters.Length;

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int Features => inputs.Features;

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public LogitMeaning Meaning => LogitMeaning.Softmax;

    /// <inheritdoc/>
    public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default)
    {
        var logits = LargeArray.Uninitialized<double>(checked(features.Rows * Classes));
        Through(features, maxThreads, (run, first, rows, scores) =>
        {
            for (int i = 0; i < scores.Length; i++)
                logits[(first * Classes) + i] = scores[i];
        }, cancellationToken);
        return new Logits(logits, Classes);
    }

    /// <summary>The input of the last layer.</summary>
    /// <inheritdoc/>
    public IFeatureMatrix PenultimateFeatures(
        IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default)
    {
        if (Network.Layers.Count == 1)
            return features;

        int width = Network.Layers.SkipLast(1).Aggregate(Network.Input, (shape, layer) => layer.Output(shape)).Size;
        var values = LargeArray.Uninitialized<float>(checked(features.Rows * width));
        Through(
            features, maxThreads, (run, first, rows, _) => run.Stack.Penultimate(0, rows).CopyTo(values.AsSpan(first * width)),
            cancellationToken);
        return new DenseMatrix(values, features.Rows, width);
    }

    /// <summary>What each feature contributes to the difference of two classes' logits, by integrated gradients from the row where every
    /// feature is 0 (M. Sundararajan, A. Taly, Q. Yan, Axiomatic Attribution for Deep Networks, 2017); scaled so that they add up to the
    /// difference exactly. The base is the difference in that row.</summary>
    /// <inheritdoc/>
    public LogitContributions Contributions(IFeatureMatrix row, int label, int against)
    {
        if (row.Rows != 1 || row.Columns != Features)
            throw new ArgumentException($"'{nameof(row)}' is {row.Rows} × {row.Columns}, must be 1 × {Features}.", nameof(row));

        return NetworkContributions.Compute(Network, inputs, parameters, RowOf(row, 0, new float[Features]), label, against);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<float>(prefix + "parameters", parameters);
        inputs.Save(tensors, prefix);
        return new JsonObject
        {
            ["kind"] = Kind,
            ["features"] = Features,
            ["input"] = new[] { Network.Input.Height, Network.Input.Width, Network.Input.Channels }.ToJson(),
            ["layers"] = LayerFormat.Save(Network.Layers),
        };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind, the layers don't fit each other, or a number is
    /// not finite.</exception>
    public static NetworkModel Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        const int MostSide = 1 << 15, MostSize = 1 << 24;
        int[] shape = saved.Integers("input", 1, MostSize);
        if (shape.Length != 3 || shape[0] > MostSide || (long)shape[0] * shape[1] * shape[2] > MostSize)
            throw new InvalidDataException("The model's network has an input that is not [height, width, channels] within the limits.");

        var network = new Network(new LayerShape(shape[0], shape[1], shape[2]), LayerFormat.Load(saved));
        float[] parameters = tensors.Get<float>(prefix + "parameters");
        if (!Array.TrueForAll(parameters, float.IsFinite))
            throw new InvalidDataException("The model's network has a parameter that is not finite.");

        var inputs = NetworkInputs.Load(tensors, prefix, saved.Integer("features", 1, MostSize), network.Input.Size);
        try
        {
            NetworkLimits.Check(network, parameters.Length);
            return new NetworkModel(network, inputs, parameters);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"The model's network is impossible: {error.Message}", error);
        }
    }

    private void Through(
        IFeatureMatrix features, int maxThreads, Action<NetworkRun<float>, int, int, float[]> use, CancellationToken cancellationToken)
    {
        if (features.Columns != Features)
            throw new ArgumentException($"'{nameof(features)}' has {features.Columns} columns, needs {Features}.", nameof(features));

        Pieces.For(
            Chunks.Count(features.Rows, PieceRows),
            maxThreads,
            piece =>
            {
                if (!idle.TryTake(out NetworkRun<float>? run))
                    run = Create();

                var x = new float[ChunkRows * Network.Input.Size];
                var row = new float[Features];
                int end = Math.Min(features.Rows, (piece + 1) * PieceRows);
                for (int first = piece * PieceRows; first < end; first += ChunkRows)
                {
                    int rows = Math.Min(ChunkRows, end - first);
                    for (int i = 0; i < rows; i++)
                        inputs.Fill(RowOf(features, first + i, row), x.AsSpan(i * Network.Input.Size, Network.Input.Size));

                    var scores = new float[rows * Classes];
                    run.Score(0, x.AsSpan(0, rows * Network.Input.Size), rows, scores);
                    use(run, first, rows, scores);
                }

                idle.Add(run);
            },
            cancellationToken);
    }

    private static ReadOnlySpan<float> RowOf(IFeatureMatrix features, int row, float[] memory)
    {
        if (features is DenseMatrix dense)
            return dense.Row(row);

        Array.Clear(memory);
        foreach ((int feature, float value) in features.NonZero(row))
            memory[feature] = value;

        return memory;
    }

    private NetworkRun<float> Create()
    {
        NetworkRun<float> run = Network.Run<float>(1, ChunkRows, ChunkRows, isTraining: false);
        if (parameters.Length == run.Layout.Count)
            run.Stack.Take(parameters);

        return run;
    }
}
