using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.Calibration.Scaling;

/// <summary>softmax(z / T + b), Σb = 0: a temperature, and a bias per class for shifted priors (A. Alexandari, A. Kundaje,
/// A. Shrikumar, Maximum Likelihood with Bias-Corrected Calibration is Hard-To-Beat at Label Shift Adaptation, 2020).</summary>
public sealed class BiasCorrectedTemperatureScaling : IRowCalibrator
{
    internal const string Name = "bias-corrected-temperature";

    private readonly double[] biases;

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Bias-corrected temperature scaling",
        "A temperature, and a bias per class (A. Alexandari and others, Maximum Likelihood with Bias-Corrected Calibration, 2020).",
        (logits, labels, weights, maxThreads, _) => Fit(logits, labels, weights, maxThreads),
        Load)
    {
        IsTried = (classes, _) => classes >= 2,
    };

    private BiasCorrectedTemperatureScaling(double beta, double[] biases)
    {
        Beta = beta;
        this.biases = biases;
    }

    /// <inheritdoc/>
    public string Method => Name;

    /// <inheritdoc/>
    public int Classes => biases.Length;

    /// <summary>T: above 1 the logits were overconfident.</summary>
    public double Temperature => 1 / Beta;

    /// <summary>1 / T, the factor of the logits.</summary>
    public double Beta { get; }

    /// <summary>The bias of each class's scaled logit; they sum to 0.</summary>
    public ReadOnlySpan<double> Biases => biases;

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters =>
        [new("temperature", Temperature), new("smallest bias", biases.Min()), new("largest bias", biases.Max())];

    /// <summary>The temperature and biases of least mean log loss, |ln T| ≤ 10.</summary>
    /// <remarks>
    /// The loss is convex in (1/T, b). A class without rows counts as half a row, so that its bias stays finite; rows whose class is
    /// impossible (−∞) are left out. Where the rows are separable, or nearly uninformative about the scale (as in
    /// <see cref="TemperatureScaling"/>), normal priors with standard deviation 1 are added: on the scale, around 1, and on the biases.
    /// </remarks>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static BiasCorrectedTemperatureScaling Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0)
    {
        CalibrationRows.Check(logits, labels, weights, maxThreads);
        int classes = logits.Classes;
        var point = new double[1 + classes];
        point[0] = TemperatureScaling.FitFew(new LogitRows(logits), labels, weights, maxThreads);
        var targets = new CalibrationTargets(logits, labels, weights);
        if (targets.Rows > 0)
        {
            double[] given = weights.ToArray();
            Minimize(logits, targets, point, () =>
                TemperatureScaling.FitBeta(new LogitRows(logits), labels, given, maxThreads), maxThreads);
        }

        double mean = point.AsSpan(1).ToArray().Average();
        return new BiasCorrectedTemperatureScaling(point[0], [.. point.Skip(1).Select(bias => bias - mean)]);
    }

    private static void Minimize(Logits logits, CalibrationTargets targets, double[] point, Func<double> temperature, int maxThreads)
    {
        double least = Exp.Compute(-TemperatureScaling.LogBound), most = 1 / least;
        using var free = new DiagonalScalingLoss(LogitRows.Shifted(logits), targets, shared: true, ScalingPenalty.None, maxThreads);
        free.MatchShares(point);
        NewtonMethod.Minimize(free, point, targets.LeastLoss);
        if (point[0] >= least && point[0] <= most && free.SaysEnough(point))
            return;

        MinimizeBeside(temperature(), logits, targets, point, targets.Prior, maxThreads);

        // The scores are uninformative or reversed: the smallest scale allowed, and biases for the class priors.
        if (!(point[0] >= least && point[0] <= most))
            MinimizeBeside(point[0] > most ? most : least, logits, targets, point, targets.Prior with { Diagonal = 1e12 }, maxThreads);
    }

    private static void MinimizeBeside(
        double beta, Logits logits, CalibrationTargets targets, double[] point, ScalingPenalty penalty, int maxThreads)
    {
        Array.Clear(point);
        point[0] = 1;
        using var loss = new DiagonalScalingLoss(LogitRows.Shifted(logits, beta), targets, shared: true, penalty, maxThreads);
        NewtonMethod.Minimize(loss, point);
        point[0] = penalty.Diagonal >= 1e12 ? beta : point[0] * beta;
    }

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0) => CalibratedRows.Compute(this, logits, maxThreads);

    void IRowCalibrator.Apply(Logits logits, int from, int to, Span<double> probabilities)
    {
        ScalingInput.Shift(logits, from, to, probabilities);
        ScalingInput.Softmax(probabilities, [Beta], biases);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "bias", biases);
        return new JsonObject { ["kind"] = Method, ["classes"] = Classes, ["beta"] = Beta };
    }

    internal static BiasCorrectedTemperatureScaling Load(JsonObject saved, NamedTensors tensors, string prefix) =>
        new(SavedScale.Read(saved, "beta"), SavedScale.Values(tensors, prefix + "bias", saved.Integer("classes", 1)));
}
