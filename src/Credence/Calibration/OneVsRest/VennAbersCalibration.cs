using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.OneVsRest;

/// <summary>Inductive Venn–Abers predictors (V. Vovk, I. Petej, Venn–Abers Predictors, 2014): two probabilities a row, one of which is
/// calibrated whatever the scores are, and p₁/(1 − p₀ + p₁) as the point estimate.</summary>
/// <remarks>The guarantee holds for two classes and exchangeable rows. More classes are fitted one-vs-rest and scaled to sum to 1, by which
/// the
/// guarantee is lost. With weights it holds only for integer counts.</remarks>
public static class VennAbersCalibration
{
    internal const string Name = "venn-abers";

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Venn–Abers calibration",
        "Two monotone maps, one per outcome: a probability and its interval (V. Vovk, I. Petej, Venn–Abers Predictors, 2014).",
        Fit,
        (saved, tensors, prefix) => OneVsRestCalibrator.Load(saved, tensors, prefix, VennAbersMap.Load));

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
        OneVsRestCalibrator.Fit(Name, logits, labels, weights, false, maxThreads, VennAbersMap.Fit, cancellationToken);

    /// <summary>The interval [p₀, p₁] of every class in every row.</summary>
    /// <param name="calibrator">The result of <see cref="Fit"/>.</param>
    /// <param name="logits">[n, K].</param>
    /// <returns>[n, K] pairs, row-major; before the scaling to sum 1.</returns>
    /// <exception cref="ArgumentException">The calibrator is of another kind, or the logits have other classes.</exception>
    public static (double Low, double High)[] Intervals(OneVsRestCalibrator calibrator, Logits logits)
    {
        ArgumentNullException.ThrowIfNull(calibrator);
        ArgumentNullException.ThrowIfNull(logits);
        if (calibrator.Method != Name)
            throw new ArgumentException($"The calibrator is '{calibrator.Method}'; only '{Name}' gives intervals.", nameof(calibrator));

        CalibrationRows.Check(logits, calibrator.Classes, 1);
        int classes = calibrator.Classes;
        var intervals = new (double Low, double High)[logits.Rows * logits.Classes];
        calibrator.ForRows(logits, 1, (row, scores) =>
        {
            for (int i = 0; i < calibrator.Maps.Count; i++)
            {
                int k = classes == 2 ? 1 : i;
                intervals[(row * classes) + k] = ((VennAbersMap)calibrator.Maps[i]).Interval(scores[k]);
            }

            if (classes == 2)
                intervals[row * 2] = (1 - intervals[(row * 2) + 1].High, 1 - intervals[(row * 2) + 1].Low);
        });
        return intervals;
    }
}
