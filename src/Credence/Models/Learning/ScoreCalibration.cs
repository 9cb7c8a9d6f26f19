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
    /// <summary>The probability that replaces 0: the smallest normal float (IEEE 754), so that a probability that another system
    /// rounded to 0 in float does not make a class impossible.</summary>
    public const double DefaultFloor = 1.1754943508222875e-38;

    private readonly ScoreCalibrationOptions options;

    /// <summary>A calibration with the given options.</summary>
    public ScoreCalibration(ScoreCalibrationOptions? options = null) => this.options = options ?? new ScoreCalibrationOptions();

    /// <summary>A note where all known labels are the same; otherwise null.</summary>
    public static string? OneClassNote(Labels labels)
    {
        int[] counts = labels.Counts();
        return labels.Classes > 1 && counts.Count(count => count > 0) == 1
            ? $"Every row is labelled '{labels.Names[Array.FindIndex(counts, count => count > 0)]}', so these rows can't show whether the "
                + "probabilities are calibrated: add rows of the other classes."
            : null;
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
        var notes = new List<string>();
        int classes = labels.Classes;
        double floor = FloorOf(kind, scores, notes);
        Logits logits = ScoreCalibrator.ToLogits(kind, scores, classes, floor);
        ScoreCheck.Together(logits.Rows, logits.Classes, labels);
        (int first, int end) = options.FitRows ?? (0, labels.Count);
        if (first < 0 || end > labels.Count || first >= end)
            throw new ArgumentException($"The rows to fit on, {first}:{end}, must be within 0:{labels.Count} and at least one row.");

        int[] fitted = Known(labels, row => row >= first && row < end);
        int[] measured = options.FitRows is null ? fitted : Known(labels, row => row < first || row >= end);
        CheckRows(fitted, measured, labels);
        ScoreUndoing? undoing = options.AsGiven ? null
            : UndoingEvidence.Of(kind, logits.Select(fitted), labels.Select(fitted), options.MaxThreads);
        Logits stated = logits;
        if (undoing is not null)
        {
            notes.Add($"{undoing.Text} ({nameof(ScoreCalibrationOptions)}.{nameof(ScoreCalibrationOptions.AsGiven)})");
            logits = undoing.Undo(logits);
        }

        if (OneClassNote(labels.Select(fitted)) is { } only)
            notes.Add(only);

        CalibratorSelection selection = CalibratorSelection.Choose(
            logits.Select(fitted), labels.Select(fitted), default, options.Selection, progress, cancellationToken);
        bool crossed = options.FitRows is null;
        Labels? groups = GroupsOf(labels.Count);
        GroupSelection? grouped = groups is null
            ? null
            : GroupSelection.Choose(
                selection, logits.Select(fitted), labels.Select(fitted), groups.Select(fitted), options.Selection.Tolerance,
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
            after, before, truth, PredictionSetMetrics.Crossed(after, truth, setOptions, keys, measuredGroups), null,
                EvaluationOf(measured), cancellationToken);
        var facts = new TrainingFacts
        {
            CalibrationRows = fitted.Length,
            TestRows = measured.Length,
            ClassCounts = labels.Select(fitted).Counts(),
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

    private EvaluationOptions EvaluationOf(int[] measured) => options.Evaluation with
    {
        MaxThreads = options.MaxThreads,
        Groups = options.Groups is null ? null : RowGroups.Of([.. measured.Select(row => options.Groups[row])]),
    };

    private Labels? GroupsOf(int rows) => options.Groups is not { } groups ? null
        : groups.Count == rows ? Labels.From(CategoryColumn.FromNames(options.GroupColumn, [.. groups]))
        : throw new ArgumentException($"There are {rows} rows and {groups.Count} groups; there must be as many.");

    private double FloorOf(ScoreKind kind, double[] scores, List<string> notes)
    {
        if (kind == ScoreKind.Logits)
            return 0;

        if (options.Floor is { } floor)
            return floor;

        int zeros = scores.AsSpan().Count(0.0);
        if (zeros > 0)
        {
            notes.Add(
                $"{zeros:N0} of {scores.Length:N0} probabilities are exactly 0 and count as {DefaultFloor:0.0e-0}, " +
                $"so that no class is impossible ({nameof(ScoreCalibrationOptions)}.{nameof(ScoreCalibrationOptions.Floor)})");
        }

        return zeros > 0 ? DefaultFloor : 0;
    }

    private static int[] Known(Labels labels, Func<int, bool> isPart) =>
        [.. Enumerable.Range(0, labels.Count).Where(row => labels[row] != Labels.Missing && isPart(row))];

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
