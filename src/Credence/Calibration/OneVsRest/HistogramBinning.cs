using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.OneVsRest;

/// <summary>Histogram binning of each class against the rest: the share of the class in each of 15 bins of equally many rows
/// (B. Zadrozny, C. Elkan, Obtaining Calibrated Probability Estimates from Decision Trees and Naive Bayesian Classifiers, 2001).</summary>
/// <remarks>Rows of equal score share a bin, so that no bin is empty; the map need not be monotone.</remarks>
public static class HistogramBinning
{
    internal const string Name = "histogram";

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Histogram binning",
        "Each class's share in 15 bins of equally many rows (B. Zadrozny, C. Elkan, Obtaining Calibrated Probability Estimates, 2001).",
        Fit,
        (saved, tensors, prefix) => OneVsRestCalibrator.Load(saved, tensors, prefix, KnotMap.Load));

    /// <summary>The bins.</summary>
    public const int Bins = 15;

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
        var pools = PooledScores.Of(Probabilities(scores), isClass, weights);
        return Steps(pools, pools.Hits, Bins);
    }

    internal static double[] Probabilities(ReadOnlySpan<OneVsRestScore> scores)
    {
        var p = new double[scores.Length];
        for (int i = 0; i < p.Length; i++)
            p[i] = scores[i].Rounded;

        return p;
    }

    /// <summary>Steps at bins of equal mass, the weighted mean of the summed values in each.</summary>
    internal static KnotMap Steps(PooledScores pools, double[] sums, int bins)
    {
        int[] starts = pools.EqualMass(bins);
        var y = new double[starts.Length];
        for (int b = 0; b < starts.Length; b++)
        {
            int end = b + 1 < starts.Length ? starts[b + 1] : sums.Length;
            double sum = 0, mass = 0;
            for (int i = starts[b]; i < end; i++)
            {
                sum += sums[i];
                mass += pools.Weights[i];
            }

            y[b] = Math.Clamp(sum / mass, 0, 1);
        }

        return new KnotMap([.. starts.Select(start => pools.Scores[start])], y, true);
    }
}
