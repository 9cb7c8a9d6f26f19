using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration.Selection;

/// <summary>The calibrator with the best cross-validated log loss, and the candidates.</summary>
public sealed class CalibratorSelection
{
    private const int RowsOfOneRound = 2000, MostRounds = 8;
    private const long ValuesOfTwoFolds = 20_000_000;
    private readonly Func<int, Probabilities> crossFitted;

    internal CalibratorSelection(
        ICalibrator calibrator, string reason, IReadOnlyList<CalibratorCandidate> candidates, int[] foldOf,
            Func<int, Probabilities> crossFitted)
    {
        Calibrator = calibrator;
        Reason = reason;
        Candidates = candidates;
        FoldOf = foldOf;
        this.crossFitted = crossFitted;
    }

    /// <summary>The chosen one, fitted on all rows.</summary>
    public ICalibrator Calibrator { get; }

    /// <summary>Why it was chosen, in a sentence.</summary>
    public string Reason { get; }

    /// <summary>The methods that took part, simplest first.</summary>
    public IReadOnlyList<CalibratorCandidate> Candidates { get; }

    /// <summary>The fold of each row.</summary>
    public IReadOnlyList<int> FoldOf { get; }

    /// <summary>Every row's probabilities by the chosen method fitted on the other folds: metrics of them are on rows the
    /// calibrator was not fitted on.</summary>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core.</param>
    public Probabilities CrossFitted(int maxThreads = 0) => crossFitted(maxThreads);

    /// <summary>Chooses the method with the lowest cross-validated log loss, a simpler one where it is within the tolerance.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="options">Folds, methods, tolerance; null for the defaults.</param>
    /// <param name="progress">Receives the fraction done and the method being fitted.</param>
    /// <param name="cancellationToken">Cancels the selection.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, a logit is NaN or +∞, or a method is not known.</exception>
    public static CalibratorSelection Choose(
        Logits logits,
        Labels labels,
        ReadOnlySpan<double> weights = default,
        CalibratorSelectionOptions? options = null,
        IProgress<(double Share, string Step)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new CalibratorSelectionOptions();
        CalibrationRows.Check(logits, labels, weights, options.MaxThreads);
        if (SeenClasses.Of(labels) is { } seen)
            return OfSeen(seen, logits, labels, weights, options, progress, cancellationToken);

        CalibrationMethod[] methods = Methods(options, logits.Classes, logits.Rows);
        int[] foldOf = FoldsOf(options, labels);
        int folds = foldOf.Max() + 1;
        if (folds < 2)
            return OnlyOne(logits, foldOf, options.MaxThreads);

        CalibrationFold[] parts = CalibrationFold.All(logits, labels, weights, foldOf, folds);
        if (methods.Length == 1)
            return Asked(methods[0], logits, labels, weights, options, parts, foldOf, progress, cancellationToken);

        // For very many scores the methods are compared on one half, fitted on the other; only the chosen one is cross-fitted.
        bool isHalved = IsVast(options, labels);
        CalibrationFold[][] rounds = isHalved ? [[parts[0]]] : [parts, .. MoreRounds(options, logits, labels, weights, folds)];
        ReadOnlySpan<double> counted = isHalved ? parts[0].HeldWeights(weights, logits.Rows) : weights;
        CalibrationFold[] tried = [.. rounds.SelectMany(round => round)];
        var losses = new List<HeldOutLosses>();
        var fitted = new List<ICalibrator[]>();
        void Measure(string name, Func<CalibrationFold, int, ICalibrator> fit)
        {
            var loss = new HeldOutLosses(logits.Rows);
            var calibrators = new ICalibrator[tried.Length];
            for (int i = 0; i < calibrators.Length; i++)
            {
                progress?.Report(((losses.Count + ((double)i / calibrators.Length)) / (methods.Length + 2), name));
                calibrators[i] = fit(tried[i], i);
                tried[i].AddLosses(calibrators[i], 1.0 / rounds.Length, loss, options.MaxThreads);
            }

            losses.Add(loss);
            fitted.Add(calibrators);
        }

        foreach (CalibrationMethod method in methods)
            Measure(method.Name, (part, _) => part.Fit(method, options.MaxThreads, cancellationToken));

        int[] clusters = ClustersOf(options, labels);
        SelectionOutcome outcome = SelectionOutcome.Choose(methods, losses, counted, options.Tolerance, clusters);
        if (options.Methods is null && logits.Classes > 1)
        {
            // The confidence curve is tried only after the best method, not after each.
            CalibrationMethod curved = ConfidenceCalibration.After(methods[outcome.Chosen]);
            ICalibrator[] simple = fitted[outcome.Chosen];
            Measure(curved.Name, (part, i) => part.FitConfidence(simple[i], options.MaxThreads));
            methods = [.. methods, curved];
            outcome = SelectionOutcome.Choose(methods, losses, counted, options.Tolerance, clusters, outcome.Chosen);
        }

        CalibrationMethod chosen = methods[outcome.Chosen];
        ICalibrator calibrator = chosen.Fit(logits, labels, weights, options.MaxThreads, cancellationToken);
        ICalibrator[] first = fitted[outcome.Chosen];
        return new CalibratorSelection(calibrator, outcome.Reason, outcome.Candidates, foldOf, maxThreads => CalibrationFold.Together(
            parts, isHalved ? [first[0], parts[1].Fit(chosen, options.MaxThreads, cancellationToken)]
                : first[..folds], logits, maxThreads));
    }

    // Classes without a row are left out of the fit and keep the probability that the scores give them.
    private static CalibratorSelection OfSeen(
        SeenClasses seen, Logits logits, Labels labels, ReadOnlySpan<double> weights, CalibratorSelectionOptions options,
        IProgress<(double Share, string Step)>? progress, CancellationToken cancellationToken)
    {
        if (seen.Count < 2)
        {
            var plain = new IdentityCalibrator(logits.Classes);
            return new CalibratorSelection(plain, "all rows are of one class, from which nothing can be learned", [],
                [.. FoldsOf(options, labels)], maxThreads => plain.Apply(logits, maxThreads));
        }

        CalibratorSelection inner =
            Choose(seen.Logits(logits), seen.Labels(labels), weights, options, progress, cancellationToken);
        return new CalibratorSelection(new SeenClassesCalibrator(seen, inner.Calibrator), inner.Reason, inner.Candidates,
            [.. inner.FoldOf], maxThreads => seen.Together(logits, inner.CrossFitted(maxThreads)));
    }

    private static int[] ClustersOf(CalibratorSelectionOptions options, Labels labels) => options.Clusters is not { } clusters ? []
        : clusters.Count == labels.Count ? [.. clusters]
        : throw new ArgumentException($"'{nameof(options.Clusters)}' has {clusters.Count} rows, the labels {labels.Count}.",
            nameof(options));

    // Few rows are split into folds several times: else the chance of one split would decide.
    private static CalibrationFold[][] MoreRounds(
        CalibratorSelectionOptions options, Logits logits, Labels labels, ReadOnlySpan<double> weights, int folds)
    {
        int rounds = options.FoldOf is null ? Math.Clamp(RowsOfOneRound / logits.Rows, 1, MostRounds) : 1;
        var more = new CalibrationFold[rounds - 1][];
        for (int round = 1; round < rounds; round++)
            more[round - 1] = CalibrationFold.All(logits, labels, weights,
                CalibrationFold.Dealt(labels.Count, folds, new Rng(options.Seed).Split((ulong)round)), folds);

        return more;
    }

    private static CalibratorSelection OnlyOne(Logits logits, int[] foldOf, int maxThreads)
    {
        var calibrator = new IdentityCalibrator(logits.Classes);
        string reason = "one row is too few for a selection, so the scores stay uncalibrated";
        return new CalibratorSelection(calibrator, reason, [], foldOf, t => calibrator.Apply(logits, t == 0 ? maxThreads : t));
    }

    // Only one candidate: the folds are fitted only on demand.
    private static CalibratorSelection Asked(
        CalibrationMethod method,
        Logits logits,
        Labels labels,
        ReadOnlySpan<double> weights,
        CalibratorSelectionOptions options,
        CalibrationFold[] parts,
        int[] foldOf,
        IProgress<(double Share, string Step)>? progress,
        CancellationToken cancellationToken)
    {
        progress?.Report((0, method.Name));
        ICalibrator calibrator = method.Fit(logits, labels, weights, options.MaxThreads, cancellationToken);
        return new CalibratorSelection(calibrator, "the requested method", [], foldOf, maxThreads =>
        {
            ICalibrator[] fitted = [.. parts.Select(part => part.Fit(method, options.MaxThreads, cancellationToken))];
            return CalibrationFold.Together(parts, fitted, logits, maxThreads);
        });
    }

    private static CalibrationMethod[] Methods(CalibratorSelectionOptions options, int classes, int rows)
    {
        CalibrationMethod[] methods = options.Methods is null
            ? [.. CalibrationMethods.For(classes, rows, options.TriesMaps)]
            : [.. options.Methods.Select(name => CalibrationMethods.Find(name) ?? throw new ArgumentException(
                $"There is no calibration method '{name}'; the methods are {string.Join(", "
                    + $"", CalibrationMethods.All.Select(method => method.Name))}."))];
        return methods.Length > 0 ? methods
            : throw new ArgumentException("At least one calibration method must be given.", nameof(options));
    }

    private static bool IsVast(CalibratorSelectionOptions options, Labels labels) =>
        options.FoldOf is null && (long)labels.Count * labels.Classes > ValuesOfTwoFolds;

    private static int[] FoldsOf(CalibratorSelectionOptions options, Labels labels)
    {
        if (options.FoldOf is { } given)
        {
            if (given.Count != labels.Count)
                throw new ArgumentException($"'{nameof(options.FoldOf)}' has {given.Count} rows, the labels {labels.Count}.",
                    nameof(options));

            // Renumbered, so that empty folds vanish.
            int[] used = [.. given.Distinct().Order()];
            return [.. given.Select(fold => Array.BinarySearch(used, fold))];
        }

        if (options.Folds < 2)
            throw new ArgumentException($"'{nameof(options.Folds)}' is {options.Folds}, must be at least 2.", nameof(options));

        int folds = Math.Min(IsVast(options, labels) ? 2 : options.Folds, labels.Count);
        return CalibrationFold.Dealt(labels.Count, folds, new Rng(options.Seed));
    }
}
