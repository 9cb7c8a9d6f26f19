using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.Linear;

/// <summary>A fitted softmax regression: logits z = Wᵀx + b.</summary>
public sealed class SoftmaxModel : ILinearModel
{
    internal const string KindName = "softmax";
    private const int FewestClasses = 2;

    /// <summary>Makes a model from given parameters.</summary>
    /// <param name="weights">[features, classes], row-major, finite; the object takes ownership.</param>
    /// <param name="bias">[classes], finite; the object takes ownership.</param>
    /// <param name="certificate">The certificate of the fit.</param>
    /// <exception cref="ArgumentException">Lengths don't match, or a number is not finite.</exception>
    public SoftmaxModel(float[] weights, double[] bias, Certificate certificate)
        : this(new LinearModel(weights, bias, certificate, FewestClasses))
    {
    }

    internal SoftmaxModel(LinearModel linear) => Linear = linear;

    internal LinearModel Linear { get; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public LogitMeaning Meaning => LogitMeaning.Softmax;

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

    /// <inheritdoc/>
    public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        Linear.Score(features, maxThreads, cancellationToken);

    /// <inheritdoc/>
    public LogitContributions Contributions(IFeatureMatrix row, int label, int against) => Linear.Contributions(row, label, against);

    /// <summary>The model with the effect of class weights on the prior removed: b_k − ln c_k.</summary>
    /// <param name="classWeights">The factors c_k it was fitted with.</param>
    /// <exception cref="ArgumentException">There is not one factor per class.</exception>
    public SoftmaxModel WithoutClassWeights(double[] classWeights)
    {
        if (classWeights.Length != Classes)
            throw new ArgumentException($"There are {classWeights.Length} class weights for {Classes} classes; each needs one.",
                nameof(classWeights));

        var corrected = new double[Classes];
        for (int k = 0; k < Classes; k++)
            corrected[k] = Bias[k] - Numerics.Log.Compute(classWeights[k]);

        return new SoftmaxModel(Linear.With(corrected));
    }

    /// <summary>Writes the weights as tensors under a prefix.</summary>
    /// <returns>The model's description.</returns>
    public JsonObject Save(NamedTensors tensors, string prefix) => Linear.Save(tensors, prefix, KindName);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind.</exception>
    public static SoftmaxModel Load(JsonObject saved, NamedTensors tensors, string prefix) =>
        new(LinearModel.Load(saved, tensors, prefix, KindName, FewestClasses));
}
