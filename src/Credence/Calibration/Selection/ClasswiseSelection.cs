using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration.Selection;

/// <summary>Chooses between calibrators of rows with several labels as <see cref="CalibratorSelection"/> does for rows of one.</summary>
public static class ClasswiseSelection
{
    /// <summary>Chooses the method with the lowest cross-validated log loss, mean over rows and classes, a simpler one where it is within
    /// the tolerance.</summary>
    /// <param name="logits">[n, K], the log odds of each class.</param>
    /// <param name="labels">n sets of classes.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="options">Folds, methods, tolerance; null for the defaults.</param>
    /// <param name="progress">Receives the fraction done and the method being fitted.</param>
    /// <param name="cancellationToken">Cancels the selection.</param>
    /// <exception cref="ArgumentException">Lengths differ, a logit is NaN or infinite, or a method is not one of these.</exception>
    public static CalibratorSelection Choose(
        Logits logits,
        LabelSets labels,
        ReadOnlySpan<double> weights = default,
        CalibratorSelectionOptions? options = null,
        IProgress<(double Share, string Step)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new CalibratorSelectionOptions();
        string[] methods = [.. options.Methods ?? CalibrationMethods.Classwise.Select(method => method.Name)];
        double[] given = weights.ToArray();
        int[] foldOf = options.FoldOf is { } own ? [.. own]
            : CalibrationFold.Dealt(logits.Rows, Math.Clamp(options.Folds, 1, logits.Rows), new Rng(options.Seed));
        int[] present = [.. foldOf.Distinct().Order()];
        if (present.Length < 2)
        {
            var plain = new ClasswiseCalibration(logits.Classes);
            return new CalibratorSelection(plain, "one fold is too few for a selection, so the scores stay uncalibrated", [], foldOf,
                maxThreads => plain.Apply(logits, maxThreads));
        }

        var losses = new double[methods.Length][];
        var held = new double[methods.Length][];
        for (int m = 0; m < methods.Length; m++)
        {
            losses[m] = new double[logits.Rows];
            held[m] = new double[logits.Rows * logits.Classes];
            foreach (int fold in present)
            {
                progress?.Report(((m + ((double)Array.IndexOf(present, fold) / present.Length)) / (methods.Length + 1), methods[m]));
                int[] inside = [.. Enumerable.Range(0, logits.Rows).Where(row => foldOf[row] != fold)];
                int[] outside = [.. Enumerable.Range(0, logits.Rows).Where(row => foldOf[row] == fold)];
                ClasswiseCalibration part = ClasswiseCalibration.Fit(
                    methods[m], logits.Select(inside), labels.Select(inside), given.Length == 0 ? []
                        : Gather.Rows(given, inside), options.MaxThreads, cancellationToken);
                Probabilities probabilities = part.Apply(logits.Select(outside), options.MaxThreads);
                probabilities.ScatterTo(outside, held[m]);
                for (int i = 0; i < outside.Length; i++)
                    losses[m][outside[i]] = Loss(probabilities.Row(i), labels[outside[i]]);
            }
        }

        SelectionOutcome outcome =
            SelectionOutcome.Choose([.. methods.Select(name => CalibrationMethods.Find(name)!)],
                [.. losses.Select(HeldOutLosses.OfLogLoss)], given, options.Tolerance);
        ClasswiseCalibration calibrator =
            ClasswiseCalibration.Fit(methods[outcome.Chosen], logits, labels, given, options.MaxThreads, cancellationToken);
        double[] crossFitted = held[outcome.Chosen];
        return new CalibratorSelection(
            calibrator, methods.Length == 1 ? "the requested method" : outcome.Reason, outcome.Candidates, foldOf, _ =>
                new Probabilities(crossFitted, logits.Classes));
    }

    /// <summary>The mean over classes of −ln of the probability of the true outcome.</summary>
    internal static double Loss(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> truth)
    {
        double loss = 0;
        int next = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            bool isClass = next < truth.Length && truth[next] == k;
            next += isClass ? 1 : 0;
            loss -= Log.Compute(isClass ? probabilities[k] : 1 - probabilities[k]);
        }

        return loss / probabilities.Length;
    }
}
