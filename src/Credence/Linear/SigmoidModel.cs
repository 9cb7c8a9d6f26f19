using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.Linear;

/// <summary>A fitted sigmoid regression: z = Wᵀx + b are the independent log-odds of each class.</summary>
public sealed class SigmoidModel : ILinearModel
{
    internal const string KindName = "sigmoid";
    private const int FewestClasses = 1;

    /// <summary>Makes a model from given parameters.</summary>
    /// <param name="weights">[features, classes], row-major, finite; the object takes ownership.</param>
    /// <param name="bias">[classes], at least one, finite; the object takes ownership.</param>
    /// <param name="certificate">The certificate of the fit.</param>
    /// <exception cref="ArgumentException">Lengths don't match, or a number is not finite.</exception>
    public SigmoidModel(float[] weights, double[] bias, Certificate certificate)
        : this(new LinearModel(weights, bias, certificate, FewestClasses))
    {
    }

    internal SigmoidModel(LinearModel linear) => Linear = linear;

    internal LinearModel Linear { get; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public LogitMeaning Meaning => LogitMeaning.Sigmoid;

    /// <inheritdoc/>
    public int Features => Linear.Features;

    /// <inheritdoc/>
    public int Classes => Linear.Classes;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Weights => Linear.Weights;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Bias => Linear.Bias;

    /// <summary>The certificate of the fit: its objective and optimality bound.</summary>
    public Certificate Certificate => Linear.Certificate;

    /// <summary>The log-odds of each class in each row.</summary>
    /// <inheritdoc/>
    public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        Linear.Score(features, maxThreads, cancellationToken);

    /// <inheritdoc/>
    public LogitContributions Contributions(IFeatureMatrix row, int label, int against) => Linear.Contributions(row, label, against);

    /// <summary>Writes the weights as tensors under a prefix.</summary>
    /// <returns>The model's description.</returns>
    public JsonObject Save(NamedTensors tensors, string prefix) => Linear.Save(tensors, prefix, KindName);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind.</exception>
    public static SigmoidModel Load(JsonObject saved, NamedTensors tensors, string prefix) =>
        new(LinearModel.Load(saved, tensors, prefix, KindName, FewestClasses));
}
