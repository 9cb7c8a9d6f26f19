using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration.Selection;

/// <summary>One fold of a cross-validation: the rows to fit on and the rows held out.</summary>
internal sealed class CalibrationFold
{
    private readonly Part held, rest;

    private CalibrationFold(Part held, Part rest)
    {
        this.held = held;
        this.rest = rest;
    }

    /// <summary>The number of rows held out.</summary>
    public int HeldRows => held.Rows.Length;

    /// <summary>A fold for each row, of equal sizes. Not stratified: folds with every class's exact share would reward a bias for
    /// memorising
    /// the sample's class frequencies.</summary>
    public static int[] Dealt(int rows, int folds, Rng rng)
    {
        var foldOf = new int[rows];
        int[] order = rng.Permutation(rows);
        for (int i = 0; i < rows; i++)
            foldOf[order[i]] = i % folds;

        return foldOf;
    }

    /// <summary>All folds. Of two, each holds out the rows that the other fits on.</summary>
    public static CalibrationFold[] All(Logits logits, Labels labels, ReadOnlySpan<double> weights, int[] foldOf, int folds)
    {
        var all = new CalibrationFold[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            all[fold] = fold == 1 && folds == 2
                ? new CalibrationFold(all[0].rest, all[0].held)
                : new CalibrationFold(
                    new Part(logits, labels, weights, [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] == fold)]),
                    new Part(logits, labels, weights, [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] != fold)]));
        }

        return all;
    }

    /// <summary>A calibrator of the rows not held out.</summary>
    public ICalibrator Fit(CalibrationMethod method, int maxThreads, CancellationToken cancellationToken) =>
        Fit(method.Fit, maxThreads, cancellationToken);

    /// <summary>What a function fits to the rows not held out.</summary>
    public ICalibrator Fit(CalibrationMethod.FitBody fit, int maxThreads, CancellationToken cancellationToken) =>
        fit(rest.Logits, rest.Labels, rest.Weights, maxThreads, cancellationToken);

    /// <summary>A curve for the largest probability, fitted after a calibrator on the rows not held out.</summary>
    public ConfidenceCalibration FitConfidence(ICalibrator first, int maxThreads) =>
        ConfidenceCalibration.Fit(first, rest.Logits, rest.Labels, rest.Weights, maxThreads);

    /// <summary>Adds a fraction of the log loss of each held-out row, at its index among all rows.</summary>
    public void AddLosses(ICalibrator calibrator, double share, double[] losses, int maxThreads)
    {
        CalibratedRows.Visit(calibrator, held.Logits, maxThreads, (i, probabilities) =>
            losses[held.Rows[i]] -= share * Log.Compute(probabilities[held.Labels[i]]));
    }

    /// <summary>Adds a fraction of each loss of each held-out row, at its index among all rows.</summary>
    public void AddLosses(ICalibrator calibrator, double share, HeldOutLosses losses, int maxThreads)
    {
        CalibratedRows.Visit(calibrator, held.Logits, maxThreads, (i, probabilities) =>
        {
            int row = held.Rows[i], truth = held.Labels[i];
            double brier = 1 - (2 * probabilities[truth]);
            foreach (double p in probabilities)
                brier += p * p;

            losses.LogLoss[row] -= share * Log.Compute(probabilities[truth]);
            losses.Brier[row] += share * brier;
            losses.Wrong[row] += share * Wrong(probabilities, truth);
        });
    }

    /// <summary>1 where another class is more probable than the true one, expected over the order of equal ones: of votes many are
    /// tied.</summary>
    private static double Wrong(ReadOnlySpan<double> probabilities, int truth)
    {
        int tied = 0;
        foreach (double p in probabilities)
        {
            if (p > probabilities[truth])
                return 1;

            tied += p == probabilities[truth] ? 1 : 0;
        }

        return 1 - (1.0 / tied);
    }

    /// <summary>A weight for each of all rows: 0 where it is not held out, else its own, or 1 where there are none.</summary>
    public double[] HeldWeights(ReadOnlySpan<double> weights, int rows)
    {
        var own = new double[rows];
        foreach (int row in held.Rows)
            own[row] = weights.IsEmpty ? 1 : weights[row];

        return own;
    }

    /// <summary>All rows, each calibrated by the fit from which it was held out.</summary>
    public static Probabilities Together(CalibrationFold[] folds, ICalibrator[] calibrators, Logits logits, int maxThreads)
    {
        double[] all = LargeArray.Uninitialized<double>(logits.Rows * logits.Classes);
        for (int f = 0; f < folds.Length; f++)
        {
            int[] rows = folds[f].held.Rows;
            CalibratedRows.Visit(calibrators[f], folds[f].held.Logits, maxThreads, (i, probabilities) =>
                probabilities.CopyTo(all.AsSpan(rows[i] * logits.Classes, logits.Classes)));
        }

        return new Probabilities(all, logits.Classes);
    }

    /// <summary>Some of the rows.</summary>
    private sealed class Part(Logits logits, Labels labels, ReadOnlySpan<double> weights, int[] rows)
    {
        public int[] Rows { get; } = rows;

        public Logits Logits { get; } = logits.Select(rows);

        public Labels Labels { get; } = labels.Select(rows);

        public double[] Weights { get; } = weights.IsEmpty ? [] : Gather.Rows(weights, rows);
    }
}
