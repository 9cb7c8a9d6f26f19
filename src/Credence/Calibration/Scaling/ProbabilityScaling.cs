using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration.Scaling;

/// <summary>softmax(β·p + b) of the probabilities themselves, β above 0, with a bias per class or none: what suits shares of votes, whose
/// steps are equal in p and not in ln p. Without biases the order of a row's classes stays (A. Niculescu-Mizil, R. Caruana, Predicting
/// Good Probabilities with Supervised Learning, 2005, of two classes).</summary>
public sealed class ProbabilityScaling : IRowCalibrator
{
    internal const string Plain = "probability-temperature", Biased = "bias-corrected-probability-temperature";
    private readonly double[] biases;

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod PlainEntry { get; } = new(
        Plain,
        "Temperature of the probabilities",
        "One factor of all probabilities before a softmax (A. Niculescu-Mizil, R. Caruana, Predicting Good Probabilities, 2005).",
        (logits, labels, weights, maxThreads, _) => Fit(logits, labels, weights, maxThreads),
        (saved, tensors, prefix) => Load(saved, tensors, prefix))
    {
        IsMap = true,
    };

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod BiasedEntry { get; } = new(
        Biased,
        "Bias-corrected temperature of the probabilities",
        "One factor of all probabilities and a bias per class before a softmax (A. Niculescu-Mizil, R. Caruana, Predicting Good "
            + "Probabilities, 2005).",
        (logits, labels, weights, maxThreads, _) => FitBiased(logits, labels, weights, maxThreads),
        (saved, tensors, prefix) => Load(saved, tensors, prefix))
    {
        IsMap = true,
    };

    private ProbabilityScaling(string method, double beta, double[] biases)
    {
        Method = method;
        Beta = beta;
        this.biases = biases;
    }

    /// <inheritdoc/>
    public string Method { get; }

    /// <inheritdoc/>
    public int Classes => biases.Length;

    /// <summary>β, the factor of the probabilities.</summary>
    public double Beta { get; }

    /// <summary>The bias of each class.</summary>
    public ReadOnlySpan<double> Biases => biases;

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters => Method == Plain ? [new("factor", Beta)]
        : [new("factor", Beta), new("smallest bias", biases.Min()), new("largest bias", biases.Max())];

    /// <summary>The factor of least mean log loss, as <see cref="TemperatureScaling"/> finds it for logits.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static ProbabilityScaling Fit(Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0)
    {
        CalibrationRows.Check(logits, labels, weights, maxThreads);
        return new ProbabilityScaling(
            Plain, TemperatureScaling.Fit(Shares(logits, maxThreads), labels, weights, maxThreads).Beta, new double[logits.Classes]);
    }

    /// <summary>The factor and the biases of least mean log loss, as <see cref="BiasCorrectedTemperatureScaling"/> finds them for
    /// logits.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static ProbabilityScaling FitBiased(Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0)
    {
        CalibrationRows.Check(logits, labels, weights, maxThreads);
        BiasCorrectedTemperatureScaling scaling =
            BiasCorrectedTemperatureScaling.Fit(Shares(logits, maxThreads), labels, weights, maxThreads);
        return new ProbabilityScaling(Biased, scaling.Beta, scaling.Biases.ToArray());
    }

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0) => CalibratedRows.Compute(this, logits, maxThreads);

    void IRowCalibrator.Apply(Logits logits, int from, int to, Span<double> probabilities)
    {
        Softmax.ForwardRows(logits.Block(from, to, probabilities), Classes, probabilities);
        ScalingInput.Softmax(probabilities, [Beta], biases);
    }

    private static Logits Shares(Logits logits, int maxThreads) => new(
        RowBlocks.Whole(logits, maxThreads, (from, to, shares) =>
            Softmax.ForwardRows(logits.Block(from, to, shares), logits.Classes, shares)),
        logits.Classes);

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "bias", biases);
        return new JsonObject { ["kind"] = Method, ["classes"] = Classes, ["beta"] = Beta };
    }

    private static ProbabilityScaling Load(JsonObject saved, NamedTensors tensors, string prefix) => new(
        saved.Text("kind"), SavedScale.Read(saved, "beta"), SavedScale.Values(tensors, prefix + "bias", saved.Integer("classes", 1)));
}
