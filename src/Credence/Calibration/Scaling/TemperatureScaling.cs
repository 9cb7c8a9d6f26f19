using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration.Scaling;

/// <summary>softmax(z / T): one number that makes all rows less or more confident and keeps their order (C. Guo et al., On Calibration of
/// Modern Neural Networks, 2017).</summary>
public sealed class TemperatureScaling : IRowCalibrator
{
    /// <summary>The bound of |ln T|.</summary>
    public const double LogBound = 10;

    /// <summary>The information about the logarithm of a scale below which a prior is added: a standard error of 1/3.</summary>
    internal const double LeastInformation = 9;

    internal const string Name = "temperature";

    private const int MostSteps = 100;
    private const double LastStep = 1e-6;
    private const int WarmRows = 4000;

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Temperature scaling",
        "One number by which all logits are divided (C. Guo and others, On Calibration of Modern Neural Networks, 2017).",
        (logits, labels, weights, maxThreads, _) => Fit(logits, labels, weights, maxThreads),
        (saved, _, _) => Load(saved))
    {
        IsTried = (classes, _) => classes >= 2,
    };

    private TemperatureScaling(double beta, int classes)
    {
        Beta = beta;
        Classes = classes;
    }

    /// <inheritdoc/>
    public string Method => Name;

    /// <inheritdoc/>
    public int Classes { get; }

    /// <summary>T: above 1 the logits were overconfident.</summary>
    public double Temperature => 1 / Beta;

    /// <summary>1 / T, the factor of the logits.</summary>
    public double Beta { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters => [new("temperature", Temperature)];

    /// <summary>The temperature of least mean log loss, |ln T| ≤ 10.</summary>
    /// <remarks>
    /// The loss is convex in β = 1/T; the root of its slope is bracketed in ln β and found by Newton steps, bisection where they leave the
    /// bracket. Where the rows are nearly uninformative about T (no or hardly any errors, or scores that are noise) its estimate would go
    /// to a bound:
    /// if the information about ln T, n·∂²L/∂(ln T)², is below 9, a normal prior on ln T with mean 0 and standard deviation 1 is added.
    /// Rows whose class is impossible (−∞) are left out.
    /// </remarks>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static TemperatureScaling Fit(Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0)
    {
        CalibrationRows.Check(logits, labels, weights, maxThreads);
        return new TemperatureScaling(FitBeta(new LogitRows(logits), labels, weights, maxThreads), logits.Classes);
    }

    /// <summary>1/T; for many rows first on a subsample, so that few passes go over all.</summary>
    internal static double FitBeta(LogitRows logits, Labels labels, ReadOnlySpan<double> weights, int maxThreads)
    {
        var loss = new TemperatureLoss(logits, labels, weights, maxThreads);
        if (loss.Rows == 0)
            return 1;

        double start = logits.Rows > 2 * WarmRows ? FitFew(logits, labels, weights, maxThreads) : 1;
        (double beta, double information) = Root(loss, 0, start);
        return information < LeastInformation ? Root(loss, 1 / loss.EffectiveRows, 1).Beta : beta;
    }

    /// <summary>1/T of some thousand rows at even steps, or of all where there are no more.</summary>
    internal static double FitFew(LogitRows logits, Labels labels, ReadOnlySpan<double> weights, int maxThreads)
    {
        if (logits.Rows <= 2 * WarmRows)
            return FitBeta(logits, labels, weights, maxThreads);

        int step = logits.Rows / WarmRows;
        int[] few = [.. Enumerable.Range(0, WarmRows).Select(i => i * step)];
        double[] fewWeights = weights.IsEmpty ? [] : Gather.Rows(weights, few);
        return Array.TrueForAll(fewWeights, weight => weight == 0) && fewWeights.Length > 0 ? 1
            : FitBeta(logits.Select(few), labels.Select(few), fewWeights, maxThreads);
    }

    /// <summary>The minimum over u = ln β of L(e^u) + strength·u²/2, and n times the loss's own curvature there.</summary>
    private static (double Beta, double Information) Root(TemperatureLoss loss, double strength, double start)
    {
        double low = -LogBound, high = LogBound, u = Log.Compute(start), information = 0;
        for (int i = 0; i < MostSteps; i++)
        {
            double beta = Exp.Compute(u);
            (_, double slope, double curvature) = loss.At(beta);
            information = loss.EffectiveRows * beta * ((beta * curvature) + slope);

            // With only one class every β is equally good.
            if (slope == 0 && curvature == 0 && strength == 0)
                return (beta, 0);

            double f = slope + (strength * u / beta);
            double df = (beta * curvature) + (strength * (1 - u) / beta);
            if (f == 0)
                return (beta, information);

            if (f > 0)
                high = u;
            else
                low = u;

            // A Newton step squares the distance to the root: the last one is taken without a check, which rounding would mislead.
            double step = df > 0 ? f / df : double.NaN;
            if (Math.Abs(step) <= LastStep)
                return (Exp.Compute(u - step), information);

            double next = u - step;
            if (!(next > low && next < high))
                next = (low + high) / 2;

            if (next == u)
                return (beta, information);

            u = next;
        }

        return (Exp.Compute(u), information);
    }

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0) => CalibratedRows.Compute(this, logits, maxThreads);

    void IRowCalibrator.Apply(Logits logits, int from, int to, Span<double> probabilities) =>
        Softmax.ForwardRows(logits.Block(from, to, probabilities), Classes, probabilities, Temperature);

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix) => new() { ["kind"] = Method, ["classes"] = Classes, ["beta"] = Beta };

    internal static TemperatureScaling Load(JsonObject saved) => new(SavedScale.Read(saved, "beta"), saved.Integer("classes", 1));
}
