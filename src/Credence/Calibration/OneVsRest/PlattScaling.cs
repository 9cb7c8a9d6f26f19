using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.OneVsRest;

/// <summary>σ(a·f + c) of each class's log odds f against the rest, fitted to (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2) in place of 1 and 0
/// (J. Platt, Probabilistic Outputs for Support Vector Machines, 1999; H.-T. Lin and others, A Note on Platt's Probabilistic Outputs,
/// 2007).</summary>
/// <remarks>f is a logit, so a = 1, c = 0 is the identity. a ≥ 0 keeps the order. A class without rows gets about 1/(n + 2).</remarks>
public static class PlattScaling
{
    internal const string Name = "platt";

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Platt scaling",
        "A line through each class's log odds (J. Platt, Probabilistic Outputs for Support Vector Machines, 1999).",
        Fit,
        (saved, tensors, prefix) => OneVsRestCalibrator.Load(saved, tensors, prefix, LogisticMap.Load))
    {
        IsClasswise = true,
        Map = new ScoreMapKind(Map, LogisticMap.Load),
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

    internal static LogisticMap Map(ReadOnlySpan<OneVsRestScore> scores, ReadOnlySpan<bool> isClass, ReadOnlySpan<double> weights)
    {
        var features = new double[scores.Length];
        for (int i = 0; i < scores.Length; i++)
            features[i] = scores[i].LogOdds;

        double[] fitted = LogisticMap.Fit(features, Targets(isClass, weights), weights, 1);
        return new LogisticMap(Math.Max(0, fitted[0]), Math.Max(0, fitted[0]), fitted[1]);
    }

    /// <summary>(n₊ + 1)/(n₊ + 2) for each row of the class, 1/(n₋ + 2) for each other.</summary>
    internal static double[] Targets(ReadOnlySpan<bool> isClass, ReadOnlySpan<double> weights)
    {
        double hits = 0, misses = 0;
        for (int i = 0; i < isClass.Length; i++)
        {
            hits += isClass[i] ? weights[i] : 0;
            misses += isClass[i] ? 0 : weights[i];
        }

        var targets = new double[isClass.Length];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = isClass[i] ? (hits + 1) / (hits + 2) : 1 / (misses + 2);

        return targets;
    }
}
