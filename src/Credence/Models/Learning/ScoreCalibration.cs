using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Evaluation.Results;
using Credence.Numerics;
using Credence.Shift;

namespace Credence.Models.Learning;

/// <summary>Calibrates scores saved by any system, and evaluates them on rows the calibrator was not fitted on.</summary>
public sealed class ScoreCalibration
{
    /// <summary>The probability that replaces 0 where the scores have no step (<see cref="ScoreResolution"/>): the smallest normal float
    /// (IEEE 754), so that a probability that another system rounded to 0 in float does not make a class impossible.</summary>
    public const double DefaultFloor = 1.1754943508222875e-38;

    private readonly ScoreCalibrationOptions options;

    /// <summary>A calibration with the given options.</summary>
    public ScoreCalibration(ScoreCalibrationOptions? options = null) => this.options = options ?? new ScoreCalibrationOptions();

    /// <summary>A note where all known labels are the same; otherwise null.</summary>
    public static string? OneClassNote(Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int[] counts = labels.Counts();
        return labels.Classes > 1 && counts.Count(count => count > 0) == 1
            ? $"Every row is labelled '{labels.Names[Array.FindIndex(counts, count => count > 0)]}', so these rows can't show whether the "
                + "probabilities are calibrated: add rows of the other classes."
            : null;
    }

    /// <summary>Fits and evaluates a calibrator of logits.</summary>
    /// <param name="logits">[rows, classes].</param>
    /// <param name="labels">The true classes; rows without a label are ignored.</param>
    /// <param name="progress">Receives the fraction done and the current step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a score is not finite, or the rows to fit on are out of range.</exception>
    /// <exception cref="InvalidDataException">There are too few rows with a label.</exception>
    public ScoreCalibrationFit Fit(
        Logits logits, Labels labels, IProgress<(double Share, string Step)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        ScoreCheck.Together(logits.Rows, logits.Classes, labels);
        return Fit(ScoreKind.Logits, logits.Values.ToArray(), labels, progress, cancellationToken);
    }

    /// <summary>Fits and evaluates a calibrator of probabilities.</summary>
    /// <param name="probabilities">[rows, classes].</param>
    /// <param name="labels">The true classes; rows without a label are ignored.</param>
    /// <param name="progress">Receives the fraction done and the current step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a row holds no probabilities, or the rows to fit on are out of
    /// range.</exception>
    /// <exception cref="InvalidDataException">There are too few rows with a label.</exception>
    public ScoreCalibrationFit Fit(
        Probabilities probabilities, Labels labels, IProgress<(double Share, string Step)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(labels);
        ScoreCheck.Together(probabilities.Rows, probabilities.Classes, labels);
        return Fit(ScoreKind.Probabilities, probabilities.Values.ToArray(), labels, progress, cancellationToken);
    }

    /// <summary>Fits and evaluates a calibrator.</summary>
    /// <param name="kind">The kind of the scores.</param>
    /// <param name="scores">[rows, classes], row-major.</param>
    /// <param name="labels">The true classes; rows without a label are ignored.</param>
    /// <param name="progress">Receives the fraction done and the current step.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a score is not finite, or the rows to fit on are out of range.</exception>
    /// <exception cref="InvalidDataException">There are too few rows with a label.</exception>
    public ScoreCalibrationFit Fit(
        ScoreKind kind, double[] scores, Labels labels, IProgress<(double Share, string Step)>? progress = null,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labels);
        var notes = new List<string>();
        int classes = labels.Classes;
        ScoreCheck.Together(scores.Length / classes, classes, labels);
        CheckWeights(labels.Count);
        (int[] fitted, int[] measured) = Rows(labels);
        CheckRows(fitted, measured, labels);
        ScoreClusters? clusters = ScoreClusters.Of(options, scores, labels, notes);
        if (clusters is not null)
            (fitted, measured) = (clusters.Once(fitted), options.IsCrossFitted ? clusters.Once(fitted) : clusters.Once(measured));

        double[] fitWeights = WeightsOf(clusters, fitted);
        ScoreResolution? resolution = kind == ScoreKind.Logits ? null
            : options.Resolution ?? ScoreResolution.Of(scores, classes);
        Labels fittedLabels = labels.Select(fitted);
        double floor = FloorOf(resolution, scores, classes, fitted, fittedLabels, fitWeights, notes);
        Logits logits = ScoreCalibrator.ToLogits(kind, scores, classes, floor), stated = logits;
        ScoreUndoing? undoing = options.AsGiven ? null
            : UndoingEvidence.Of(kind, logits.Select(fitted), fittedLabels, options.MaxThreads);
        if (undoing is not null)
        {
            notes.Add($"{undoing.Text} ({nameof(ScoreCalibrationOptions)}.{nameof(ScoreCalibrationOptions.AsGiven)})");
            logits = undoing.Undo(logits);
        }

        if (OneClassNote(fittedLabels) is { } only)
            notes.Add(only);

        CalibratorSelectionOptions choosing = options.Selection with
        {
            TriesMaps = options.Selection.TriesMaps || resolution is { NeedsMaps: true },
            Clusters = clusters?.Of(fitted),
            FoldOf = options.Selection.FoldOf ?? clusters?.Folds(fitted, options.Selection),
        };
        CalibratorSelection selection =
            CalibratorSelection.Choose(logits.Select(fitted), fittedLabels, fitWeights, choosing, progress, cancellationToken);
        double[] expected = ExpectedCounts(logits.Select(fitted));
        notes.AddRange(AbsentNotes(fittedLabels, expected));
        bool crossed = options.IsCrossFitted;
        Labels? groups = clusters is null ? GroupsOf(labels.Count) : null;
        GroupSelection? grouped = groups is null
            ? null
            : GroupSelection.Choose(
                selection, logits.Select(fitted), fittedLabels, groups.Select(fitted), options.Selection.Tolerance,
                    options.MaxThreads, cancellationToken);
        if (grouped is not null)
            notes.Add(grouped.Reason);

        Probabilities after = crossed
            ? grouped?.CrossFitted ?? selection.CrossFitted(options.MaxThreads)
            : grouped?.Calibrator?.Apply(logits.Select(measured), [.. measured.Select(row => options.Groups![row])], options.MaxThreads)
                .Probabilities
                ?? selection.Calibrator.Apply(logits.Select(measured), options.MaxThreads);
        Probabilities before = kind == ScoreKind.Probabilities
            ? new Probabilities(scores, classes).Select(measured)
            : ClassifierEvaluation.Softmax(stated.Select(measured), options.MaxThreads);
        Labels truth = labels.Select(measured);
        ulong[] keys = Keys(scores, classes, measured, cancellationToken);
        ConformalOptions setOptions = options.Sets with
        {
            Guarantee = crossed ? ConformalGuarantee.Approximate : ConformalGuarantee.Exact,
            GuaranteeReason = crossed
                ? "calibrator and quantile come from the same rows, cross-fitted"
                : "the rows of the quantile had no part in fitting the calibrator",
        };
        Labels? measuredGroups = options.Sets.Partition == ConformalPartition.Group ? groups?.Select(measured) : null;
        Attempt<ConformalClassifier, ConformalRefusal> sets = ConformalClassifier.TryFit(after, truth, setOptions, keys, measuredGroups);
        if (sets.Refusal is { } refusal)
            notes.Add($"no prediction sets: {refusal.Message}");

        Attempt<Policy, string> policy = options.Policy.Fit(after, truth);
        var evaluation = ClassifierEvaluation.Compute(
            after, before, truth, PredictionSetMetrics.Crossed(after, truth, setOptions, keys, measuredGroups),
            WeightsOrNull(WeightsOf(clusters, measured)), EvaluationOf(measured, clusters), cancellationToken);
        var facts = new TrainingFacts
        {
            Data = options.Description,
            CalibrationRows = fitted.Length,
            TestRows = measured.Length,
            ClassCounts = fittedLabels.Counts(),
            Seed = options.Selection.Seed,
            TestMetrics = evaluation.Calibrated.Values(),
            UncalibratedMetrics = evaluation.Uncalibrated.Values(),
        };
        return new ScoreCalibrationFit
        {
            Calibrator = new ScoreCalibrator(kind, floor, selection.Calibrator, labels.Names, facts)
            {
                Undoing = undoing,
                ByGroup = grouped?.Calibrator,
                GroupColumn = grouped?.Calibrator is not null || measuredGroups is not null ? options.GroupColumn : null,
                Decisions = new ModelDecisions
                {
                    Sets = sets.Value,
                    Confidences = ConfidenceQuantiles.Compute(after),
                    Policy = !policy.HasValue ? throw new InvalidDataException(policy.Refusal)
                        : options.Policy.IsAsked ? policy.Value : null,
                    Shift = LabelShift.FitIfFew(after, truth, new() { Method = options.Shift }, notes),
                },
            },
            Selection = selection,
            Evaluation = evaluation,
            MeasuredRows = measured,
            ExpectedCounts = expected,
            IsCrossFitted = crossed,
            Notes = notes,
        };
    }

    private ulong[] Keys(double[] scores, int classes, int[] rows, CancellationToken cancellationToken)
    {
        var keys = new ulong[rows.Length];
        if (!options.Sets.TakesKeys)
            return keys;

        var chunks = new RowChunks(rows.Length, classes);
        Chunks.For(chunks.Count, options.MaxThreads, chunk =>
        {
            (int from, int to) = chunks[chunk];
            for (int i = from; i < to; i++)
                keys[i] = RowKey.Of(scores.AsSpan(rows[i] * classes, classes));
        }, cancellationToken);
        return keys;
    }

    private EvaluationOptions EvaluationOf(int[] measured, ScoreClusters? clusters) => options.Evaluation with
    {
        MaxThreads = options.MaxThreads,
        Clusters = clusters?.Of(measured),
        Groups = options.Groups is null || clusters is not null ? null : RowGroups.Of([.. measured.Select(row => options.Groups[row])]),
    };

    private Labels? GroupsOf(int rows) => options.Groups is not { } groups ? null
        : groups.Count == rows ? Labels.From(CategoryColumn.FromNames(options.GroupColumn, [.. groups]))
        : throw new ArgumentException($"There are {rows} rows and {groups.Count} groups; there must be as many.");

    private (int[] Fitted, int[] Measured) Rows(Labels labels)
    {
        if (options.Split is { } split)
        {
            return options.FitRows is not null
                ? throw new ArgumentException($"'{nameof(options.FitRows)}' and '{nameof(options.Split)}' both say which rows to fit on.")
                : (Known(labels, [.. split.Train.Concat(split.Validation).Order()]), Known(labels, split.Test));
        }

        (int first, int end) = options.FitRows ?? (0, labels.Count);
        if (first < 0 || end > labels.Count || first >= end)
            throw new ArgumentException($"The rows to fit on, {first}:{end}, must be within 0:{labels.Count} and at least one row.");

        int[] all = [.. Enumerable.Range(0, labels.Count)];
        int[] fitted = Known(labels, all[first..end]);
        return (fitted, options.FitRows is null ? fitted : Known(labels, [.. all[..first], .. all[end..]]));
    }

    private void CheckWeights(int rows)
    {
        if (options.Weights is { } weights)
            RowWeights.Check([.. weights], rows);
    }

    /// <summary>The weights of some rows; none where all are equal.</summary>
    private double[] WeightsOf(ScoreClusters? clusters, int[] rows)
    {
        double[] own = [.. rows.Select(row => clusters?.Weight(row) ?? options.Weights?[row] ?? 1)];
        return own.Length == 0 || Array.TrueForAll(own, weight => weight == own[0]) ? [] : own;
    }

    private static double[]? WeightsOrNull(double[] weights) => weights.Length == 0 ? null : weights;

    private double FloorOf(
        ScoreResolution? resolution, double[] scores, int classes, int[] fitted, Labels labels, double[] weights, List<string> notes)
    {
        if (resolution is null)
        {
            return options.Floor is null ? 0 : throw new ArgumentException(
                $"{nameof(ScoreCalibrationOptions)}.{nameof(options.Floor)} raises probabilities, and these scores are logits: it would do "
                + "nothing.");
        }

        if (options.Floor is { } given)
            return given;

        double floor = resolution.Floor(DefaultFloor);
        if (resolution.Zeros == 0)
            return floor;

        string why = "so that no class is impossible";
        if (floor > DefaultFloor)
        {
            double half = floor;
            floor = ZeroFloor.Choose(half, new Probabilities(scores, classes).Select(fitted), labels, weights, options.MaxThreads);
            string unit = resolution.Step is { } step ? $"the step {step:0.######} that the probabilities have"
                : "the smallest probability above 0";
            why = floor == half ? $"half of {unit}" : $"{floor / (2 * half):0.##} of {unit}, which gives a lower log loss than half of it";
        }

        notes.Add(
            $"{resolution.Zeros:N0} of {scores.Length:N0} probabilities are exactly 0 and count as "
            + $"{(floor >= 1e-4 ? $"{floor:0.######}" : $"{floor:0.0e-0}")}, {why} "
            + $"({nameof(ScoreCalibrationOptions)}.{nameof(ScoreCalibrationOptions.Floor)})");
        return floor;
    }

    /// <summary>A note on each class without a row to fit on: how many the scores expect.</summary>
    private static IEnumerable<string> AbsentNotes(Labels labels, double[] expected)
    {
        int[] counts = labels.Counts();
        if (!counts.Contains(0) || counts.Count(count => count > 0) < 2)
            yield break;

        for (int k = 0; k < counts.Length; k++)
        {
            if (counts[k] == 0)
                yield return $"'{labels.Names[k]}' has no row to fit on, and the scores expect {expected[k]:0.#}: its probability stays as "
                    + "the scores give it";
        }
    }

    private double[] ExpectedCounts(Logits logits)
    {
        Probabilities probabilities = ClassifierEvaluation.Softmax(logits, options.MaxThreads);
        var expected = new double[logits.Classes];
        for (int row = 0; row < logits.Rows; row++)
        {
            for (int k = 0; k < expected.Length; k++)
                expected[k] += probabilities.Row(row)[k];
        }

        return expected;
    }

    private static int[] Known(Labels labels, int[] rows) => [.. rows.Where(row => labels[row] != Labels.Missing)];

    private static void CheckRows(int[] fitted, int[] measured, Labels labels)
    {
        if (fitted.Length < 2)
            throw new InvalidDataException($"{(fitted.Length == 0 ? "None of the rows to fit on has" : "Only one of the rows to fit on "
                + $"has")} a label; a calibrator needs at least 2.");

        if (measured.Length == 0)
            throw new InvalidDataException("No row with a label is left for evaluation. Fit on fewer rows.");

        if (labels.Classes < 2)
            throw new InvalidDataException("The scores have one class, whose probability is always 1; calibration needs at least two.");
    }
}
