using System.Text.Json.Nodes;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Networks.Layers;

/// <summary>Layers as JSON.</summary>
internal static class LayerFormat
{
    private const int MostLayers = 1000, MostUnits = 1 << 20, MostKernel = 255, DeepestNesting = 8;

    private static readonly Dictionary<string, Func<JsonObject, int, NetworkLayer>> Readers = new(StringComparer.Ordinal)
    {
        [DenseLayer.KindName] = (saved, _) => new DenseLayer(saved.Integer("units", 1, MostUnits)) { HasBias = saved.Flag("bias") },
        [ConvolutionLayer.KindName] = (saved, _) => new ConvolutionLayer(
            saved.Integer("filters", 1, MostUnits), saved.Integer("height", 1, MostKernel), saved.Integer("width", 1, MostKernel))
        {
            HasBias = saved.Flag("bias"),
        },
        [ActivationLayer.KindName] = (saved, _) => new ActivationLayer(Function(saved.Text("function"))),
        [BatchNormalizationLayer.KindName] = (_, _) => new BatchNormalizationLayer(),
        [MaxPoolingLayer.KindName] = (saved, _) =>
            new MaxPoolingLayer(saved.Integer("height", 1, MostKernel), saved.Integer("width", 1, MostKernel)),
        [GlobalAverageLayer.KindName] = (_, _) => new GlobalAverageLayer(),
        [DropoutLayer.KindName] = (saved, _) => new DropoutLayer(saved.Number("rate")),
        [PeriodicLayer.KindName] = (saved, _) => new PeriodicLayer(
            saved.Integer("numbers", 1, MostUnits), saved.Integer("waves", 1, MostKernel), saved.Integer("combinations", 1, MostKernel)),
        [LayerNormalizationLayer.KindName] = (_, _) => new LayerNormalizationLayer(),
        [AttentionLayer.KindName] = (saved, _) => new AttentionLayer(saved.Integer("heads", 1, MostUnits)),
        [DepthwiseLayer.KindName] = (saved, _) =>
            new DepthwiseLayer(saved.Integer("height", 1, MostKernel), saved.Integer("width", 1, MostKernel)),
        [MixtureLayer.KindName] = (saved, depth) =>
            new MixtureLayer([.. saved.Objects("experts").Select(expert => Load(expert, depth + 1))]),
        [ResidualLayer.KindName] = (saved, depth) => new ResidualLayer(Load(saved, depth + 1)),
    };

    /// <summary>A list of layers, each with its kind.</summary>
    public static JsonArray Save(IReadOnlyList<NetworkLayer> layers)
    {
        var list = new JsonArray();
        foreach (NetworkLayer layer in layers)
        {
            JsonObject saved = layer.Save();
            saved.Insert(0, "kind", layer.Kind);
            list.Add((JsonNode)saved);
        }

        return list;
    }

    /// <summary>Reads the <c>layers</c> of a description.</summary>
    /// <exception cref="InvalidDataException">A layer is unknown, or its numbers are missing or out of range.</exception>
    public static NetworkLayer[] Load(JsonObject saved) => Load(saved, 0);

    private static NetworkLayer[] Load(JsonObject saved, int depth)
    {
        JsonObject[] layers = saved.Objects("layers");
        if (layers.Length is 0 or > MostLayers || depth > DeepestNesting)
        {
            throw new InvalidDataException(
                $"The model's network has {layers.Length} layers at depth {depth}; there must be 1 to {MostLayers}, "
                + $"nested at most {DeepestNesting} deep.");
        }

        return [.. layers.Select(layer => Readers.TryGetValue(layer.Text("kind"), out Func<JsonObject, int, NetworkLayer>? read)
            ? read(layer, depth)
            : throw new InvalidDataException($"The model's network has a layer of kind '{layer.Text("kind")}', which is unknown here."))];
    }

    private static ActivationKind Function(string name)
    {
        foreach (ActivationKind kind in Enum.GetValues<ActivationKind>())
        {
            if (kind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        throw new InvalidDataException($"The model's network has the activation '{name}', which is unknown here.");
    }
}
