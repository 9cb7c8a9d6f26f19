using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Credence.Boosting;
using Credence.Linear;
using Credence.LogitModels;
using Credence.Networks;
using Credence.Persistence;

namespace Credence.Models.Files;

/// <summary>Loads each kind of logit model from a model file. An assembly that adds a kind registers it before it reads the first
/// file.</summary>
public static class LogitModelRegistry
{
    private static readonly ConcurrentDictionary<string, Func<JsonObject, NamedTensors, string, ILogitModel>> Loaders =
        new(StringComparer.Ordinal)
        {
            [SoftmaxModel.KindName] = SoftmaxModel.Load,
            [SigmoidModel.KindName] = SigmoidModel.Load,
            [TreeModel.KindName] = TreeModel.Load,
            [NetworkModel.KindName] = NetworkModel.Load,
            [BlendModel.KindName] = (saved, tensors, prefix) => BlendModel.Load(saved, tensors, prefix, LoadAny),
        };

    /// <summary>The kinds that can be loaded.</summary>
    public static IReadOnlyCollection<string> Kinds => [.. Loaders.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Adds a kind.</summary>
    /// <param name="kind">The name in <see cref="ILogitModel.Kind"/>.</param>
    /// <param name="load">Reads what <see cref="ILogitModel.Save"/> wrote: the description, the tensors and their prefix. It throws an
    /// <see cref="InvalidDataException"/> where something is missing or of the wrong kind.</param>
    /// <exception cref="ArgumentException">The kind is registered with another loader.</exception>
    public static void Register(string kind, Func<JsonObject, NamedTensors, string, ILogitModel> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        if (!Loaders.TryAdd(kind, load) && Loaders[kind] != load)
            throw new ArgumentException($"The kind '{kind}' is registered with another loader.", nameof(kind));
    }

    /// <summary>Reads a model of any registered kind.</summary>
    /// <exception cref="InvalidDataException">The kind is unknown, or something is missing or of the wrong type.</exception>
    internal static ILogitModel Load(JsonObject saved, NamedTensors tensors, string prefix, LogitMeaning meaning)
    {
        ILogitModel model = LoadAny(saved, tensors, prefix);
        return model.Meaning == meaning
            ? model
            : throw new InvalidDataException($"The model of kind '{model.Kind}' gives logits for {model.Meaning}; here they must be for "
                + $"{meaning}.");
    }

    private static ILogitModel LoadAny(JsonObject saved, NamedTensors tensors, string prefix)
    {
        string kind = saved.Text("kind");
        if (!Loaders.TryGetValue(kind, out Func<JsonObject, NamedTensors, string, ILogitModel>? load))
            throw new InvalidDataException($"It holds a model of kind '{kind}', which is unknown here. Known kinds are "
                + $"{string.Join(", ", Kinds)}.");

        return load(saved, tensors, prefix);
    }
}
