using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.OneVsRest;

/// <summary>Platt's scaling, then 10 bins of equally many rows, each with the mean of the scaled probabilities in it (A. Kumar and others,
/// Verified Uncertainty Calibration, 2019): a map of few values, whose calibration error can be measured, with less variance than histogram
/// binning.</summary>
/// <remarks>Scaling and bins come from the same rows; the order is kept up to ties.</remarks>
public static class ScalingBinning
{
    internal const string Name = "scaling-binning";

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Scaling-binning calibration",
        "A line through the log odds, then the mean in each of 10 bins (A. Kumar and others, Verified Uncertainty Calibration, 2019).",
        Fit,
        (saved, tensors, prefix) => OneVsRestCalibrator.Load(saved, tensors, prefix, KnotMap.Load));

    /// <summary>The bins.</summary>
    public const int Bins = 10;

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
        OneVsRestCalibrator.Fit(Name, logits, labels, weights, true, maxThreads, Map, cancellationToken);

    private static KnotMap Map(ReadOnlySpan<OneVsRestScore> scores, ReadOnlySpan<bool> isClass, ReadOnlySpan<double> weights)
    {
        LogisticMap scaling = PlattScaling.Map(scores, isClass, weights);
        double[] p = HistogramBinning.Probabilities(scores);
        var pools = PooledScores.Of(p, isClass, weights);
        var sums = new double[pools.Scores.Length];
        for (int i = 0; i < p.Length; i++)
            sums[Array.BinarySearch(pools.Scores, p[i]) is >= 0 and int pool ? pool : 0] += weights[i] * scaling.Apply(scores[i]);

        return HistogramBinning.Steps(pools, sums, Bins);
    }
}
