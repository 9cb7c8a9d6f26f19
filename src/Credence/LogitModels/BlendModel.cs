using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.LogitModels;

/// <summary>A weighted sum of the logits of models of the same features.</summary>
public sealed class BlendModel : ILogitModel
{
    internal const string KindName = "blend";
    private readonly ILogitModel[] models;
    private readonly double[] weights;

    /// <summary>Blends models.</summary>
    /// <param name="models">At least two models of the same features and classes.</param>
    /// <param name="weights">A finite weight for each.</param>
    /// <exception cref="ArgumentException">The models differ in features, classes or meaning, or the weights don't match them.</exception>
    public BlendModel(IReadOnlyList<ILogitModel> models, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(weights);
        if (models.Count < 2 || weights.Count != models.Count || !weights.All(double.IsFinite))
            throw new ArgumentException($"There are {models.Count} models and {weights.Count} weights; each of at least two models needs a "
                + "finite weight.", nameof(weights));

        ILogitModel first = models[0];
        if (models.Any(model => model.Features != first.Features || model.Classes != first.Classes || model.Meaning != first.Meaning))
            throw new ArgumentException("The models must have the same features, classes and meaning of logits.", nameof(models));

        this.models = [.. models];
        this.weights = [.. weights];
    }

    /// <summary>The models.</summary>
    public IReadOnlyList<ILogitModel> Models => models;

    /// <summary>The weight of each model.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int Features => models[0].Features;

    /// <inheritdoc/>
    public int Classes => models[0].Classes;

    /// <inheritdoc/>
    public LogitMeaning Meaning => models[0].Meaning;

    /// <inheritdoc/>
    public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        Mix([.. models.Select(model => model.Score(features, maxThreads, cancellationToken))], weights);

    /// <inheritdoc/>
    public LogitContributions? Contributions(IFeatureMatrix row, int label, int against)
    {
        double start = 0;
        var terms = new SortedDictionary<int, (float Value, double LogOdds)>();
        for (int m = 0; m < models.Length; m++)
        {
            if (models[m].Contributions(row, label, against) is not { } own)
                return null;

            start += weights[m] * own.Base;
            foreach ((int feature, float value, double logOdds) in own.Terms)
                terms[feature] = (value, terms.GetValueOrDefault(feature).LogOdds + (weights[m] * logOdds));
        }

        return new LogitContributions(start, [.. terms.Select(term => (term.Key, term.Value.Value, term.Value.LogOdds))]);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "blend", weights);
        return new JsonObject
        {
            ["kind"] = Kind,
            ["models"] = new JsonArray([.. models.Select((model, m) => (JsonNode)model.Save(tensors, $"{prefix}{m}."))]),
        };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="saved">The description.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="prefix">Their prefix.</param>
    /// <param name="load">Reads one of the models.</param>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind, or a blend holds a blend.</exception>
    internal static BlendModel Load(
        JsonObject saved, NamedTensors tensors, string prefix, Func<JsonObject, NamedTensors, string, ILogitModel> load)
    {
        JsonObject[] parts = saved.Objects("models");
        if (parts.Any(part => part.Text("kind") == KindName))
            throw new InvalidDataException("The model is a blend that holds a blend; it must hold other kinds.");

        double[] weights = tensors.Get<double>(prefix + "blend", parts.Length);
        try
        {
            return new BlendModel([.. parts.Select((part, m) => load(part, tensors, $"{prefix}{m}."))], weights);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The model is no blend: {error.Message}", error);
        }
    }

    /// <summary>Σ wₘ·zₘ.</summary>
    internal static Logits Mix(IReadOnlyList<Logits> logits, IReadOnlyList<double> weights)
    {
        var sum = new double[logits[0].Values.Length];
        for (int m = 0; m < logits.Count; m++)
            Vectors.AddScaled<double>(weights[m], logits[m].Values, sum);

        return new Logits(sum, logits[0].Classes);
    }
}
