using Credence.Data;
using Credence.Numerics;

namespace Credence.Calibration;

/// <summary>One fold of a cross-validation: the rows to fit on and the rows held out.</summary>
internal sealed class CalibrationFold
{
    private readonly Logits held, rest;
    private readonly Labels heldLabels, restLabels;
    private readonly double[] restWeights;
    private readonly int[] heldRows;

    private CalibrationFold(Logits logits, Labels labels, ReadOnlySpan<double> weights, int[] heldRows, int[] restRows)
    {
        this.heldRows = heldRows;
        (held, heldLabels) = (logits.Select(heldRows), labels.Select(heldRows));
        (rest, restLabels) = (logits.Select(restRows), labels.Select(restRows));
        restWeights = new double[weights.IsEmpty ? 0 : restRows.Length];
        for (int i = 0; i < restWeights.Length; i++)
            restWeights[i] = weights[restRows[i]];
    }

    private static CalibrationFold Of(Logits logits, Labels labels, ReadOnlySpan<double> weights, int[] foldOf, int fold) => new(
        logits,
        labels,
        weights,
        [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] == fold)],
        [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] != fold)]);

    /// <summary>The number of rows held out.</summary>
    public int HeldRows => heldRows.Length;

    /// <summary>A fold for each row, as many rows to each. Not stratified: folds that each have every class's exact share would reward a bias for learning
    /// the sample's shares by heart.</summary>
    public static int[] Dealt(int rows, int folds, Rng rng)
    {
        var foldOf = new int[rows];
        int[] order = rng.Permutation(rows);
        for (int i = 0; i < rows; i++)
            foldOf[order[i]] = i % folds;

        return foldOf;
    }

    /// <summary>Every fold.</summary>
    public static CalibrationFold[] All(Logits logits, Labels labels, ReadOnlySpan<double> weights, int[] foldOf, int folds)
    {
        var all = new CalibrationFold[folds];
        for (int fold = 0; fold < folds; fold++)
            all[fold] = Of(logits, labels, weights, foldOf, fold);

        return all;
    }

    /// <summary>A calibrator of the rows not held out.</summary>
    public ICalibrator Fit(CalibrationMethod method, int threads, CancellationToken cancellationToken) =>
        method.Fit(rest, restLabels, restWeights, threads, cancellationToken);

    /// <summary>A curve for the largest probability, fitted on the rows not held out, after a calibrator of theirs.</summary>
    public ConfidenceCalibration FitConfidence(ICalibrator first, int threads) => ConfidenceCalibration.Fit(first, rest, restLabels, restWeights, threads);

    /// <summary>Adds a share of the log loss of each held-out row, at its place among all rows.</summary>
    public void AddLosses(ICalibrator calibrator, double share, double[] losses, int threads)
    {
        Probabilities probabilities = calibrator.Apply(held, threads);
        for (int i = 0; i < heldRows.Length; i++)
            losses[heldRows[i]] -= share * Log.Compute(probabilities.Row(i)[heldLabels[i]]);
    }

    /// <summary>All rows, each by the calibrator that it was held out from.</summary>
    public static Probabilities Together(CalibrationFold[] folds, ICalibrator[] calibrators, Logits logits, int threads)
    {
        var all = new double[logits.Values.Length];
        for (int f = 0; f < folds.Length; f++)
            Gather.Scatter(calibrators[f].Apply(folds[f].held, threads), folds[f].heldRows, all);

        return new Probabilities(all, logits.Classes);
    }
}
