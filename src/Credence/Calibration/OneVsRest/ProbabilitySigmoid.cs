using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.OneVsRest;

/// <summary>σ(a·p + c) of each class's probability against the rest, a ≥ 0, fitted to Platt's targets: what suits shares of votes, whose
/// steps are equal in p and not in its log odds (J. Platt, Probabilistic Outputs for Support Vector Machines, 1999; A. Niculescu-Mizil,
/// R. Caruana, Predicting Good Probabilities with Supervised Learning, 2005).</summary>
public static class ProbabilitySigmoid
{
    internal const string Name = "sigmoid";

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Sigmoid of the probability",
        "A sigmoid of each class's probability (A. Niculescu-Mizil, R. Caruana, Predicting Good Probabilities, 2005).",
        Fit,
        (saved, tensors, prefix) => OneVsRestCalibrator.Load(saved, tensors, prefix, ProbabilitySigmoidMap.Load))
    {
        IsMap = true,
    };

    /// <summary>Fits the calibrator.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static OneVsRestCalibrator Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default) =>
        OneVsRestCalibrator.Fit(Name, logits, labels, weights, false, maxThreads, Map, cancellationToken);

    private static ProbabilitySigmoidMap Map(
        ReadOnlySpan<OneVsRestScore> scores, ReadOnlySpan<bool> isClass, ReadOnlySpan<double> weights)
    {
        double[] fitted = LogisticMap.Fit(HistogramBinning.Probabilities(scores), PlattScaling.Targets(isClass, weights), weights, 1);
        return new ProbabilitySigmoidMap(Math.Max(0, fitted[0]), fitted[1]);
    }
}
