using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.OneVsRest;

/// <summary>σ(c + a·ln p − b·ln(1 − p)) of each class against the rest, a, b ≥ 0 (M. Kull and others, Beta Calibration, 2017): a monotone
/// curve that can bend
/// differently near 0 and near 1.</summary>
/// <remarks>Where a or b would be negative it is set to 0 and the rest is refitted. A class without rows counts as about half a
/// row.</remarks>
public static class BetaCalibration
{
    internal const string Name = "beta";

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Beta calibration",
        "A monotone curve of each class's log odds, bent differently near 0 and near 1 (M. Kull and others, Beta Calibration, 2017).",
        Fit,
        (saved, tensors, prefix) => OneVsRestCalibrator.Load(saved, tensors, prefix, LogisticMap.Load))
    {
        IsTried = (classes, _) => classes == 2,
        IsMap = true,
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
        double rows = 0, hits = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            rows += weights[i];
            hits += isClass[i] ? weights[i] : 0;
        }

        // An empty side counts as half a row, spread over all rows.
        double half = 0.5 / (rows + 0.5);
        var features = new double[2 * scores.Length];
        var targets = new double[scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            features[2 * i] = scores[i].LogProbability;
            features[(2 * i) + 1] = -scores[i].LogRest;
            targets[i] = hits == 0 ? half : hits == rows ? 1 - half : isClass[i] ? 1 : 0;
        }

        double[] fitted = LogisticMap.Fit(features, targets, weights, 2);
        return new LogisticMap(Math.Max(0, fitted[0]), Math.Max(0, fitted[1]), fitted[2]);
    }
}
