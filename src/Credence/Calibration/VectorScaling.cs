using System.Text.Json.Nodes;
using Credence.Data;

namespace Credence.Calibration;

/// <summary>softmax(w∘ln p + b), with a scale and a bias a class (C. Guo and others, On Calibration of Modern Neural Networks, 2017); structured,
/// a temperature comes first and what is left is drawn to it by a ridge (E. Berta and others, Structured Matrix Scaling, 2025).</summary>
/// <remarks>ln p = z − logsumexp(z), so that scores which differ by a constant of the row are the same scores.</remarks>
public sealed class VectorScaling : ICalibrator
{
    internal const string Plain = "vector", Structured = "structured-vector";
    private readonly double[] scales, biases;

    private VectorScaling(string method, double[] scales, double[] biases)
    {
        Method = method;
        this.scales = scales;
        this.biases = biases;
    }

    /// <inheritdoc/>
    public string Method { get; }

    /// <inheritdoc/>
    public int Classes => scales.Length;

    /// <summary>What each class's log probability is multiplied by.</summary>
    public ReadOnlySpan<double> Scales => scales;

    /// <summary>What is then added to it.</summary>
    public ReadOnlySpan<double> Biases => biases;

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters =>
        [new("smallest scale", scales.Min()), new("largest scale", scales.Max()), new("smallest bias", biases.Min()), new("largest bias", biases.Max())];

    /// <summary>The scales and biases of least mean log loss.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static VectorScaling Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int threads = 0, CancellationToken cancellationToken = default) =>
        Fit(Plain, logits, labels, weights, 1, ScalingPenalty.None, threads, cancellationToken);

    /// <summary>As <see cref="Fit(Logits, Labels, ReadOnlySpan{double}, int, CancellationToken)"/>, after a temperature, with a ridge of K/n on biases and on scales' distance from 1.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static VectorScaling FitStructured(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int threads = 0, CancellationToken cancellationToken = default)
    {
        double beta = TemperatureScaling.Fit(logits, labels, weights, threads).Beta;
        double ridge = (double)logits.Classes / Math.Max(1, labels.Count);
        return Fit(Structured, logits, labels, weights, beta, new ScalingPenalty(ridge, ridge, 0), threads, cancellationToken);
    }

    private static VectorScaling Fit(
        string method, Logits logits, Labels labels, ReadOnlySpan<double> weights, double beta, ScalingPenalty penalty, int threads, CancellationToken cancellationToken)
    {
        CalibrationRows.Check(logits, labels, weights);
        int classes = logits.Classes;
        var point = new double[2 * classes];
        point.AsSpan(0, classes).Fill(1);
        var targets = new CalibrationTargets(logits, labels, weights);
        if (targets.Rows > 0)
        {
            double[] x = ScalingInput.LogProbabilities(logits, DiagonalScalingLoss.Impossible, threads);
            for (int i = 0; i < x.Length; i++)
                x[i] = x[i] <= DiagonalScalingLoss.Impossible ? x[i] : beta * x[i];

            NewtonMethod.Minimize(
                new DiagonalScalingLoss(x, targets, shared: false, penalty, threads), point, targets.LeastLoss, 1e-10, cancellationToken);
        }

        return new VectorScaling(method, [.. point.Take(classes).Select(scale => beta * scale)], [.. point.Skip(classes)]);
    }

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int threads = 0)
    {
        CalibrationRows.Check(logits, Classes);
        double[] x = ScalingInput.LogProbabilities(logits, DiagonalScalingLoss.Impossible, threads);
        return ScalingInput.Softmax(x, Classes, k => scales[k], biases, threads);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "scale", scales);
        tensors.Add<double>(prefix + "bias", biases);
        return new JsonObject { ["kind"] = Method, ["classes"] = Classes };
    }

    internal static VectorScaling Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int classes = saved.Integer("classes", 1);
        return new VectorScaling(saved.Text("kind"), SavedScale.Values(tensors, prefix + "scale", classes), SavedScale.Values(tensors, prefix + "bias", classes));
    }
}
