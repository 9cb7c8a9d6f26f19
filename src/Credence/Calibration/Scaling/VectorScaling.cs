using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.Calibration.Scaling;

/// <summary>softmax(w∘x + b), x = ln p, with a scale and a bias per class (C. Guo and others, On Calibration of Modern Neural Networks,
/// 2017);
/// structured, x comes from a temperature (see <see cref="FitStructured"/>) and a ridge shrinks the scales towards it (E. Berta and others,
/// Structured Matrix Scaling, 2025).</summary>
/// <remarks>ln p = z − logsumexp(z), so that scores which differ by a constant per row are equivalent.</remarks>
public sealed class VectorScaling : IRowCalibrator
{
    internal const string Plain = "vector", Structured = "structured-vector";
    private const int LeastRowsPerClass = 50;
    private const long MostValues = 20_000_000;
    private readonly double[] scales, biases;
    private readonly ScalingStart? start;

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod PlainEntry { get; } = new(
        Plain,
        "Vector scaling",
        "A scale and a bias per class (C. Guo and others, On Calibration of Modern Neural Networks, 2017).",
        Fit,
        (saved, tensors, prefix) => Load(saved, tensors, prefix, isStructured: false))
    {
        IsTried = (classes, rows) => classes >= 2 && rows >= LeastRowsPerClass * (long)classes && (long)rows * classes <= MostValues,
    };

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod StructuredEntry { get; } = new(
        Structured,
        "Structured vector scaling",
        "A temperature, then a scale and a bias per class, shrunk towards it (E. Berta and others, Structured Matrix Scaling, 2025).",
        FitStructured,
        (saved, tensors, prefix) => Load(saved, tensors, prefix, isStructured: true))
    {
        IsTried = (classes, _) => classes >= 2,
    };

    private VectorScaling(string method, double[] scales, double[] biases, ScalingStart? start)
    {
        Method = method;
        this.scales = scales;
        this.biases = biases;
        this.start = start;
    }

    /// <inheritdoc/>
    public string Method { get; }

    /// <inheritdoc/>
    public int Classes => scales.Length;

    /// <summary>The scale of each class's x.</summary>
    public ReadOnlySpan<double> Scales => scales;

    /// <summary>The bias of each class.</summary>
    public ReadOnlySpan<double> Biases => biases;

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters =>
        [new("smallest scale", scales.Min()), new("largest scale", scales.Max()), new("smallest bias", biases.Min()),
            new("largest bias", biases.Max())];

    /// <summary>The scales and biases of least mean log loss.</summary>
    /// <remarks>Where the rows are separable, or nearly uninformative about the scales, normal priors with standard deviation 1 are added,
    /// on the biases and on the scales around 1. Where a scale would be negative, all classes share one.</remarks>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static VectorScaling Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default) =>
        Fit(Plain, logits, labels, weights, null, maxThreads, cancellationToken);

    /// <summary>As <see cref="Fit(Logits, Labels, ReadOnlySpan{double}, int, CancellationToken)"/>, with x = ln((1 − m)·softmax(z/T) +
    /// m/K), m = 1/(n + 1), and K/n·‖b‖² + K/n·‖w − 1‖² added to the mean log loss.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static VectorScaling FitStructured(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default)
    {
        TemperatureScaling temperature = TemperatureScaling.Fit(logits, labels, weights, maxThreads);
        var start = ScalingStart.Of(temperature, CalibrationTargets.EffectiveRows(labels.Count, weights));
        return Fit(Structured, logits, labels, weights, start, maxThreads, cancellationToken);
    }

    private static VectorScaling Fit(
        string method, Logits logits, Labels labels, ReadOnlySpan<double> weights, ScalingStart? start, int maxThreads,
            CancellationToken cancellationToken)
    {
        CalibrationRows.Check(logits, labels, weights, maxThreads);
        int classes = logits.Classes;
        var point = new double[2 * classes];
        point.AsSpan(0, classes).Fill(1);
        var targets = new CalibrationTargets(logits, labels, weights, start is not null);
        if (targets.Rows > 0)
        {
            var x = new LogitRows(new Logits(Input(logits, start, maxThreads), classes));
            double ridge = classes / CalibrationTargets.EffectiveRows(labels.Count, weights);
            using var loss = new DiagonalScalingLoss(x, targets, shared: false, start is null ? ScalingPenalty.None
                : new ScalingPenalty(ridge, ridge, 0), maxThreads);
            NewtonMethod.Minimize(loss, point, start is null ? targets.LeastLoss
                : double.NegativeInfinity, cancellationToken: cancellationToken);
            if (start is null && !loss.SaysEnough(point))
                MinimizeUnderPrior(x, targets, point, maxThreads, cancellationToken);
        }

        double[] scales = point[..classes], biases = point[classes..];
        if (Array.Exists(scales, scale => scale < 0))
            Shared(logits, labels, weights, start, scales, biases, maxThreads);

        return new VectorScaling(method, scales, biases, start);
    }

    /// <summary>A negative scale would give a class the less the more the scores favour it: then one scale serves all classes, which is
    /// positive, with a bias a class; after a temperature, that is the temperature itself.</summary>
    private static void Shared(
        Logits logits, Labels labels, ReadOnlySpan<double> weights, ScalingStart? start, double[] scales, double[] biases,
        int maxThreads)
    {
        Array.Fill(scales, 1);
        Array.Clear(biases);
        if (start is not null)
            return;

        BiasCorrectedTemperatureScaling shared = BiasCorrectedTemperatureScaling.Fit(logits, labels, weights, maxThreads);
        Array.Fill(scales, shared.Beta);
        shared.Biases.CopyTo(biases);
    }

    private static void MinimizeUnderPrior(
        LogitRows x, CalibrationTargets targets, double[] point, int maxThreads, CancellationToken cancellationToken)
    {
        Array.Clear(point);
        point.AsSpan(0, point.Length / 2).Fill(1);
        using var loss = new DiagonalScalingLoss(x, targets, shared: false, targets.Prior, maxThreads);
        NewtonMethod.Minimize(loss, point, double.NegativeInfinity, cancellationToken: cancellationToken);
    }

    private static double[] Input(Logits logits, ScalingStart? start, int maxThreads) =>
        start?.Input(logits, maxThreads) ?? ScalingInput.LogProbabilities(logits, DiagonalScalingLoss.Impossible, maxThreads);

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0) => CalibratedRows.Compute(this, logits, maxThreads);

    void IRowCalibrator.Apply(Logits logits, int from, int to, Span<double> probabilities)
    {
        if (start is null)
            ScalingInput.LogProbabilities(logits, from, to, DiagonalScalingLoss.Impossible, probabilities);
        else
            start.Input(logits, from, to, probabilities);

        ScalingInput.Softmax(probabilities, scales, biases);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "scale", scales);
        tensors.Add<double>(prefix + "bias", biases);
        var saved = new JsonObject { ["kind"] = Method, ["classes"] = Classes };
        start?.Save(saved, tensors, prefix);
        return saved;
    }

    internal static VectorScaling Load(JsonObject saved, NamedTensors tensors, string prefix, bool isStructured)
    {
        int classes = saved.Integer("classes", 1);
        return new VectorScaling(
            saved.Text("kind"),
            SavedScale.Values(tensors, prefix + "scale", classes),
            SavedScale.Values(tensors, prefix + "bias", classes),
            isStructured ? ScalingStart.Load(saved, tensors, prefix) : null);
    }
}
