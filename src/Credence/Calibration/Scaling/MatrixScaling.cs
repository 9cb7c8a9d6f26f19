using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.Calibration.Scaling;

/// <summary>softmax(W·x + b), x = ln p: every class's score is a linear combination of all (C. Guo and others, On Calibration of Modern
/// Neural Networks, 2017).
/// The free form needs far more rows than its K² weights; in the structured form x comes from a temperature (or a temperature with biases)
/// and a ridge
/// shrinks the remaining weights towards it, most strongly off the diagonal (E. Berta and others, Structured Matrix Scaling,
/// 2025).</summary>
/// <remarks>In the free form a probability below e^−87, the smallest float, counts as that, since no weight can act on −∞. In the
/// structured form
/// x = ln((1 − m)·softmax(z/T + a) + m/K) with m = 1/(n + 1), and K/n·‖b‖² + K/n·‖diag W − 1‖² + K(K − 1)/n·‖W off the diagonal‖² is added
/// to the mean log loss; the biases a of the start are not penalised, since a penalty would keep the error of the class priors.</remarks>
public sealed class MatrixScaling : ICalibrator
{
    internal const string Free = "matrix", Dirichlet = "dirichlet", Structured = "structured-matrix",
        StructuredWithBias = "bias-corrected-matrix";
    // A fit of K² weights takes passes of n·K² operations; this bound keeps it within seconds on two cores.
    private const double MostWork = 1.5e8;
    private const int MostClasses = 150;
    private const double LeastLogProbability = -87.33654475055310;
    private readonly double[] weights, biases;
    private readonly ScalingStart? start;

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod FreeEntry { get; } = new(
        Free,
        "Matrix scaling",
        "Every class's score as a linear combination of all; needs very many rows per class "
            + "(C. Guo and others, On Calibration of Modern Neural Networks, 2017).",
        Fit,
        (saved, tensors, prefix) => Load(saved, tensors, prefix, isStructured: false));

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod StructuredEntry { get; } = new(
        Structured,
        "Structured matrix scaling",
        "A temperature, then a linear combination of all scores, shrunk towards it (E. Berta and others, Structured Matrix Scaling, 2025).",
        FitStructured,
        (saved, tensors, prefix) => Load(saved, tensors, prefix, isStructured: true))
    {
        IsTried = IsBearable,
    };

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod StructuredWithBiasEntry { get; } = new(
        StructuredWithBias,
        "Structured matrix scaling with biases",
        "A temperature and biases, then a linear combination of all scores, shrunk towards it "
            + "(E. Berta and others, Structured Matrix Scaling, 2025).",
        FitStructuredWithBias,
        (saved, tensors, prefix) => Load(saved, tensors, prefix, isStructured: true))
    {
        IsTried = IsBearable,
    };

    private MatrixScaling(string method, double[] weights, double[] biases, ScalingStart? start)
    {
        Method = method;
        this.weights = weights;
        this.biases = biases;
        this.start = start;
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

            return [new("mean diagonal", diagonal), new("largest weight between classes", largest), new("smallest bias", biases.Min()),
                new("largest bias", biases.Max())];
        }
    }

    /// <summary>The weights and biases of least mean log loss, without a penalty.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="rowWeights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static MatrixScaling Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> rowWeights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default) =>
        Fit(Free, logits, labels, rowWeights, null, maxThreads, cancellationToken);

    /// <summary>The structured fit after a temperature.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="rowWeights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static MatrixScaling FitStructured(
        Logits logits, Labels labels, ReadOnlySpan<double> rowWeights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default)
    {
        TemperatureScaling temperature = TemperatureScaling.Fit(logits, labels, rowWeights, maxThreads);
        var start = ScalingStart.Of(temperature, CalibrationTargets.EffectiveRows(labels.Count, rowWeights));
        return Fit(Structured, logits, labels, rowWeights, start, maxThreads, cancellationToken);
    }

    /// <summary>The structured fit after a temperature and biases.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="rowWeights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static MatrixScaling FitStructuredWithBias(
        Logits logits, Labels labels, ReadOnlySpan<double> rowWeights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default)
    {
        BiasCorrectedTemperatureScaling scaling = BiasCorrectedTemperatureScaling.Fit(logits, labels, rowWeights, maxThreads);
        var start = ScalingStart.Of(scaling, CalibrationTargets.EffectiveRows(labels.Count, rowWeights));
        return Fit(StructuredWithBias, logits, labels, rowWeights, start, maxThreads, cancellationToken);
    }

    /// <summary>With a ridge of λ on the biases and off the diagonal.</summary>
    internal static MatrixScaling FitOdir(
        string method, Logits logits, Labels labels, ReadOnlySpan<double> rowWeights, double strength, int maxThreads,
            CancellationToken cancellationToken) =>
        Fit(method, logits, labels, rowWeights, null, maxThreads, cancellationToken, new ScalingPenalty(strength, 0, strength));

    private static MatrixScaling Fit(
        string method,
        Logits logits,
        Labels labels,
        ReadOnlySpan<double> rowWeights,
        ScalingStart? start,
        int maxThreads,
        CancellationToken cancellationToken,
        ScalingPenalty penalty = default)
    {
        CalibrationRows.Check(logits, labels, rowWeights, maxThreads);
        int classes = logits.Classes;
        long weights = (long)classes * (classes + 1);
        if (weights > Array.MaxLength)
            throw new ArgumentException($"A matrix of {classes:N0} classes has {weights:N0} weights; at most {Array.MaxLength:N0} can be "
                + "fitted. Temperature and vector scaling need fewer.", nameof(logits));

        var point = new double[weights];
        for (int k = 0; k < classes; k++)
            point[k * (classes + 1)] = 1;

        var targets = new CalibrationTargets(logits, labels, rowWeights, start is not null);
        if (targets.Rows > 0)
        {
            double ridge = classes / CalibrationTargets.EffectiveRows(labels.Count, rowWeights);
            if (start is not null)
                penalty = new ScalingPenalty(ridge, ridge, ridge * (classes - 1));

            var loss = new MatrixScalingLoss(Input(logits, start, maxThreads), targets, penalty, maxThreads);
            NewtonMethod.Minimize(loss, point, start is null ? targets.LeastLoss
                : double.NegativeInfinity, cancellationToken: cancellationToken);
        }

        return new MatrixScaling(method, point[..(classes * classes)], point[(classes * classes)..], start);
    }

    private static bool IsBearable(int classes, int rows) =>
        classes is >= 2 and <= MostClasses && (double)rows * classes * classes <= MostWork;

    private static double[] Input(Logits logits, ScalingStart? start, int maxThreads) =>
        start?.Input(logits, maxThreads) ?? ScalingInput.LogProbabilities(logits, LeastLogProbability, maxThreads);

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0)
    {
        CalibrationRows.Check(logits, Classes, maxThreads);
        var t = new double[logits.Rows * logits.Classes];
        MatrixProduct.MultiplyTransposedRight(Input(logits, start, maxThreads), weights, t, logits.Rows, Classes, Classes, maxThreads);
        for (int start = 0; start < t.Length; start += Classes)
            Vectors.AddScaled<double>(1, biases, t.AsSpan(start, Classes));

        Softmax.ForwardRows(t, Classes, t, 1, maxThreads);
        return new Probabilities(t, Classes);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "weight", weights);
        tensors.Add<double>(prefix + "bias", biases);
        var saved = new JsonObject { ["kind"] = Method, ["classes"] = Classes };
        start?.Save(saved, tensors, prefix);
        return saved;
    }

    internal static MatrixScaling Load(JsonObject saved, NamedTensors tensors, string prefix, bool isStructured)
    {
        long classes = saved.Integer("classes", 1);
        return new MatrixScaling(
            saved.Text("kind"),
            SavedScale.Values(tensors, prefix + "weight", classes * classes),
            SavedScale.Values(tensors, prefix + "bias", classes),
            isStructured ? ScalingStart.Load(saved, tensors, prefix) : null);
    }
}
