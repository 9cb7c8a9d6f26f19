using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.OneVsRest;

/// <summary>Isotonic regression of each class against the rest on its probability (B. Zadrozny, C. Elkan, Transforming Classifier Scores
/// into Accurate Multiclass Probability Estimates, 2002): the least-squares monotone map.</summary>
/// <remarks>Rows of equal score are pooled first. The map is flat on each block, straight between blocks, and flat beyond the ends. It
/// reaches 0 and 1, where the log loss can be infinite: hence the floor of <see cref="OneVsRestCalibrator"/>.</remarks>
public static class IsotonicCalibration
{
    internal const string Name = "isotonic", CentredName = "centred-isotonic";

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Isotonic regression",
        "The least-squares monotone map of each class's probability (B. Zadrozny, C. Elkan, Transforming Classifier Scores, 2002).",
        (logits, labels, weights, maxThreads, token) => Fit(logits, labels, weights, maxThreads, true, token),
        (saved, tensors, prefix) => OneVsRestCalibrator.Load(saved, tensors, prefix, KnotMap.Load))
    {
        IsMap = true,
    };

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod CentredEntry { get; } = new(
        CentredName,
        "Centred isotonic regression",
        "Isotonic regression that rises between the middles of its steps (A. Oron, N. Flournoy, Centered Isotonic Regression, 2017).",
        FitCentred,
        (saved, tensors, prefix) => OneVsRestCalibrator.Load(saved, tensors, prefix, KnotMap.Load));

    /// <summary>Fits the calibrator.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="floored">Whether 1/(n + 1) of the uniform distribution is mixed in, so that no class is impossible.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static OneVsRestCalibrator Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0, bool floored = true,
            CancellationToken cancellationToken = default) =>
        OneVsRestCalibrator.Fit(Name, logits, labels, weights, floored, maxThreads, Flat, cancellationToken);

    /// <summary>Fits it centred: one knot per block, at the mean score of its rows, straight between knots, so that the map rises wherever
    /// the
    /// blocks do (A. Oron, N. Flournoy, Centered Isotonic Regression, 2017).</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static OneVsRestCalibrator FitCentred(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default) =>
        OneVsRestCalibrator.Fit(CentredName, logits, labels, weights, true, maxThreads, Centred, cancellationToken);

    private static KnotMap Flat(ReadOnlySpan<OneVsRestScore> scores, ReadOnlySpan<bool> isClass, ReadOnlySpan<double> weights)
    {
        var pools = PooledScores.Of(HistogramBinning.Probabilities(scores), isClass, weights);
        (int[] starts, double[] values) = PoolAdjacentViolators.Fit(pools);
        List<double> x = [], y = [];
        for (int b = 0; b < values.Length; b++)
        {
            x.Add(pools.Scores[starts[b]]);
            y.Add(values[b]);
            if (starts[b + 1] - starts[b] > 1)
            {
                x.Add(pools.Scores[starts[b + 1] - 1]);
                y.Add(values[b]);
            }
        }

        return new KnotMap([.. x], [.. y], false);
    }

    private static KnotMap Centred(ReadOnlySpan<OneVsRestScore> scores, ReadOnlySpan<bool> isClass, ReadOnlySpan<double> weights)
    {
        var pools = PooledScores.Of(HistogramBinning.Probabilities(scores), isClass, weights);
        (int[] starts, double[] values) = PoolAdjacentViolators.Fit(pools);
        var x = new double[values.Length];
        for (int b = 0; b < values.Length; b++)
        {
            double sum = 0, mass = 0;
            for (int i = starts[b]; i < starts[b + 1]; i++)
            {
                sum += pools.Weights[i] * pools.Scores[i];
                mass += pools.Weights[i];
            }

            x[b] = Math.Clamp(sum / mass, pools.Scores[starts[b]], pools.Scores[starts[b + 1] - 1]);
        }

        return new KnotMap(x, values, false);
    }
}
