using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Numerics;

namespace Credence.Calibration;

/// <summary>softmax(W·ln p + b), every class's score a mix of all (C. Guo and others, On Calibration of Modern Neural Networks, 2017). Free, it needs far more
/// rows than the K² weights it has; structured, a temperature (or a temperature with biases) comes first and a ridge draws what is left to
/// it, hardest off the diagonal (E. Berta and others, Structured Matrix Scaling, 2025).</summary>
/// <remarks>ln p = z − logsumexp(z). A probability below e^−87, the smallest a float holds, counts as that: no weight can act on −∞.</remarks>
public sealed class MatrixScaling : ICalibrator
{
    internal const string Free = "matrix", Structured = "structured-matrix", StructuredWithBias = "bias-corrected-matrix";
    private const double LeastLogProbability = -87.33654475055310;
    private readonly double[] weights, biases;

    private MatrixScaling(string method, double[] weights, double[] biases)
    {
        Method = method;
        this.weights = weights;
        this.biases = biases;
    }

    /// <inheritdoc/>
    public string Method { get; }

    /// <inheritdoc/>
    public int Classes => biases.Length;

    /// <summary>W, [K, K], row-major: row k gives class k.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>b.</summary>
    public ReadOnlySpan<double> Biases => biases;

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters
    {
        get
        {
            double diagonal = 0, largest = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                if (i % (Classes + 1) == 0)
                    diagonal += weights[i] / Classes;
                else
                    largest = Math.Max(largest, Math.Abs(weights[i]));
            }

            return [new("mean diagonal", diagonal), new("largest weight between classes", largest), new("smallest bias", biases.Min()), new("largest bias", biases.Max())];
        }
    }

    /// <summary>The weights and biases of least mean log loss, without a penalty.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="rowWeights">n weights from 0 up, or none.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static MatrixScaling Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> rowWeights = default, int threads = 0, CancellationToken cancellationToken = default) =>
        Fit(Free, logits, labels, rowWeights, 1, [], ScalingPenalty.None, threads, cancellationToken);

    /// <summary>After a temperature, with ridges of K/n on biases and on the diagonal's distance from 1, K(K−1)/n off the diagonal.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="rowWeights">n weights from 0 up, or none.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static MatrixScaling FitStructured(
        Logits logits, Labels labels, ReadOnlySpan<double> rowWeights = default, int threads = 0, CancellationToken cancellationToken = default)
    {
        (double ridge, double off) = Ridges(logits, labels);
        double beta = TemperatureScaling.Fit(logits, labels, rowWeights, threads).Beta;
        return Fit(Structured, logits, labels, rowWeights, beta, [], new ScalingPenalty(ridge, ridge, off), threads, cancellationToken);
    }

    /// <summary>After a temperature and biases, with the biases left free: where the classes' shares are off, a ridge on them would keep the error.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="rowWeights">n weights from 0 up, or none.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static MatrixScaling FitStructuredWithBias(
        Logits logits, Labels labels, ReadOnlySpan<double> rowWeights = default, int threads = 0, CancellationToken cancellationToken = default)
    {
        (double ridge, double off) = Ridges(logits, labels);
        BiasCorrectedTemperatureScaling start = BiasCorrectedTemperatureScaling.Fit(logits, labels, rowWeights, threads);
        return Fit(StructuredWithBias, logits, labels, rowWeights, start.Beta, start.Biases, new ScalingPenalty(0, ridge, off), threads, cancellationToken);
    }

    private static (double Ridge, double Off) Ridges(Logits logits, Labels labels)
    {
        double ridge = (double)logits.Classes / Math.Max(1, labels.Count);
        return (ridge, ridge * (logits.Classes - 1));
    }

    private static MatrixScaling Fit(
        string method,
        Logits logits,
        Labels labels,
        ReadOnlySpan<double> rowWeights,
        double beta,
        ReadOnlySpan<double> startBiases,
        ScalingPenalty penalty,
        int threads,
        CancellationToken cancellationToken)
    {
        CalibrationRows.Check(logits, labels, rowWeights);
        int classes = logits.Classes;
        var point = new double[(classes * classes) + classes];
        for (int k = 0; k < classes; k++)
            point[k * (classes + 1)] = 1;

        startBiases.CopyTo(point.AsSpan(classes * classes));
        var targets = new CalibrationTargets(logits, labels, rowWeights);
        if (targets.Rows > 0)
        {
            double[] x = Input(logits, beta, threads);
            NewtonMethod.Minimize(new MatrixScalingLoss(x, targets, penalty, threads), point, targets.LeastLoss, 1e-9, cancellationToken);
        }

        return new MatrixScaling(method, [.. point.Take(classes * classes).Select(weight => beta * weight)], [.. point.Skip(classes * classes)]);
    }

    private static double[] Input(Logits logits, double beta, int threads)
    {
        double[] x = ScalingInput.LogProbabilities(logits, LeastLogProbability, threads);
        if (beta != 1)
        {
            for (int i = 0; i < x.Length; i++)
                x[i] *= beta;
        }

        return x;
    }

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int threads = 0)
    {
        CalibrationRows.Check(logits, Classes);
        var t = new double[logits.Values.Length];
        MatrixProduct.MultiplyTransposedRight(Input(logits, 1, threads), weights, t, logits.Rows, Classes, Classes, threads);
        for (int start = 0; start < t.Length; start += Classes)
            Lanes.AddScaled(1, biases, t.AsSpan(start, Classes));

        Softmax.ForwardRows(t, Classes, t, 1, threads);
        return new Probabilities(t, Classes);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "weight", weights);
        tensors.Add<double>(prefix + "bias", biases);
        return new JsonObject { ["kind"] = Method, ["classes"] = Classes };
    }

    internal static MatrixScaling Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        long classes = saved.Integer("classes", 1);
        return new MatrixScaling(
            saved.Text("kind"), SavedScale.Values(tensors, prefix + "weight", classes * classes), SavedScale.Values(tensors, prefix + "bias", classes));
    }
}
