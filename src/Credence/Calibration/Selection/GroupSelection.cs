using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.Selection;

/// <summary>Whether every group of rows gets its own calibrator, decided by cross-validation: only where it has a lower log loss on
/// held-out rows than one
/// calibrator for all, and by more than chance.</summary>
public sealed class GroupSelection
{
    // A gain smaller than this many standard errors counts as chance, as between methods.
    private const double ClearGain = 1.5;

    private GroupSelection(GroupCalibrator? calibrator, double gain, double gainError, Probabilities crossFitted, string reason)
    {
        Calibrator = calibrator;
        Gain = gain;
        GainStandardError = gainError;
        CrossFitted = crossFitted;
        Reason = reason;
    }

    /// <summary>The calibrators of the groups; null where the pooled one is as good.</summary>
    public GroupCalibrator? Calibrator { get; }

    /// <summary>The reduction of the cross-validated log loss by a calibrator per group.</summary>
    public double Gain { get; }

    /// <summary>The standard error of that.</summary>
    public double GainStandardError { get; }

    /// <summary>Every row's probabilities by the chosen calibrators, fitted on the other folds.</summary>
    public Probabilities CrossFitted { get; }

    /// <summary>Why it was chosen, in a sentence.</summary>
    public string Reason { get; }

    /// <summary>Fits a calibrator per group and the pooled one on the same folds, and takes the better.</summary>
    /// <param name="pooled">The selection of the pooled calibrator.</param>
    /// <param name="logits">[n, K], the rows of that selection.</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="groups">n groups; a row without a group is used only for the pooled calibrator.</param>
    /// <param name="tolerance">The least gain in log loss that is worth a calibrator per group.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static GroupSelection Choose(
        CalibratorSelection pooled,
        Logits logits,
        Labels labels,
        Labels groups,
        double tolerance = 0.0005,
        int maxThreads = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pooled);
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count != labels.Count || pooled.FoldOf.Count != labels.Count)
            throw new ArgumentException(
                $"There are {labels.Count} rows, {groups.Count} groups and folds of {pooled.FoldOf.Count} rows; there must be as many.",
                nameof(groups));

        Probabilities together = pooled.CrossFitted(maxThreads);
        int folds = pooled.FoldOf.Max() + 1;
        if (folds < 2)
            return new GroupSelection(null, double.NaN, double.NaN, together,
                "too few rows to compare groups, so one calibrator serves all");

        // Scores calibrated overall may be miscalibrated in every group, so at least a temperature is tried.
        CalibrationMethod method = (pooled.Calibrator is IdentityCalibrator ? null : CalibrationMethods.Find(pooled.Calibrator.Method))
            ?? CalibrationMethods.Find("temperature")!;
        string?[] names = [.. groups.Indices.ToArray().Select(group => group < 0 ? null : groups.Names[group])];
        var apart = new double[logits.Rows * logits.Classes];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] rest = Rows(pooled.FoldOf, part => part != fold), held = Rows(pooled.FoldOf, part => part == fold);
            var fit = GroupCalibrator.Fit(method, logits.Select(rest), labels.Select(rest), groups.Select(rest), maxThreads,
                cancellationToken);
            fit.Apply(logits.Select(held), [.. held.Select(row => names[row])], maxThreads).Probabilities.ScatterTo(held, apart);
        }

        var separate = new Probabilities(apart, logits.Classes);
        (double gain, double error) = SelectionOutcome.Mean(
            HeldOutLosses.LogLosses(together, labels), HeldOutLosses.LogLosses(separate, labels), default);
        if (!(gain > tolerance && gain >= ClearGain * error))
        {
            string small = double.IsNaN(gain) ? "can't be computed" : $"is {gain:0.0000} ± {error:0.0000}";
            return new GroupSelection(null, gain, error, together,
                $"the gain of a calibrator per group {small} in log loss, no more than chance or the tolerance, so one serves all");
        }

        var chosen = GroupCalibrator.Fit(method, logits, labels, groups, maxThreads, cancellationToken);
        int few = chosen.PooledGroups.Count;
        string pooledToo = few == 0 ? ""
            : $"; {few} of {groups.Classes} with fewer than {GroupCalibrator.LeastRows} rows get the pooled one";
        return new GroupSelection(chosen, gain, error, separate,
            $"'{method.Name}' per group lowers the cross-validated log loss by {gain:0.0000} ± {error:0.0000}{pooledToo}");
    }

    private static int[] Rows(IReadOnlyList<int> foldOf, Func<int, bool> isPart) =>
        [.. Enumerable.Range(0, foldOf.Count).Where(row => isPart(foldOf[row]))];
}
