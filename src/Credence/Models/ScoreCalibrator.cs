using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Models.Files;
using Credence.OutOfDistribution;
using Credence.Shift;

namespace Credence.Models;

/// <summary>A calibrator of another system's scores: from logits or probabilities to calibrated probabilities and to a
/// decision. Immutable, and safe for use by several threads. <see cref="ModelFile"/> writes and reads it.</summary>
public sealed class ScoreCalibrator : ISavedModel
{
    /// <summary>Makes one of a calibrator that was fitted on logits and the classes' names, to save, and to name what it
    /// predicts.</summary>
    /// <param name="calibrator">From logits to probabilities.</param>
    /// <param name="names">The classes' names; column k of every score is class k.</param>
    /// <param name="kind">The kind of the scores that it is given: logits, or probabilities, of which it takes the logarithms.</param>
    /// <param name="facts">What the calibrator was fitted on, and its figures; null for nothing known.</param>
    /// <exception cref="ArgumentException">There is not one name per class, or two are equal.</exception>
    public ScoreCalibrator(
        ICalibrator calibrator, IReadOnlyList<string> names, ScoreKind kind = ScoreKind.Logits, TrainingFacts? facts = null)
        : this(kind, 0, calibrator, names, facts ?? new TrainingFacts())
    {
        ArgumentNullException.ThrowIfNull(calibrator);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != calibrator.Classes)
        {
            throw new ArgumentException(
                $"The calibrator has {calibrator.Classes} classes and there are {names.Count} names; there must be as many.",
                nameof(names));
        }

        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new ArgumentException("Two classes have the same name; names must be distinct.", nameof(names));
    }

    internal ScoreCalibrator(ScoreKind kind, double floor, ICalibrator calibrator, IReadOnlyList<string> classes, TrainingFacts facts)
    {
        Kind = kind;
        Floor = floor;
        Calibrator = calibrator;
        Classes = classes;
        Facts = facts;
    }

    /// <summary>The kind of the scores.</summary>
    public ScoreKind Kind { get; }

    /// <summary>Smaller probabilities are raised to this floor, so that none is exactly 0; 0 leaves them unchanged.</summary>
    public double Floor { get; }

    /// <summary>What was done to the scores before they were saved, and is undone first; null for nothing.</summary>
    public ScoreUndoing? Undoing { get; internal init; }

    /// <summary>From logits to probabilities.</summary>
    public ICalibrator Calibrator { get; }

    /// <summary>The classes' names; column k of every score is class k.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Prediction sets, or null where there were too few rows for them.</summary>
    public ConformalClassifier? Sets => Decisions.Sets;

    /// <summary>The confidences on held-out rows, which give the threshold of a coverage.</summary>
    public ConfidenceQuantiles? Confidences => Decisions.Confidences;

    /// <summary>The policy that decides when to answer and which action to take; null always answers.</summary>
    public Policy? Policy => Decisions.Policy;

    /// <summary>The class frequencies with which new rows are compared; null in files of older versions.</summary>
    public LabelShift? Shift => Decisions.Shift;

    /// <summary>Detects out-of-distribution rows by their logits; null where none was requested.</summary>
    public OutlierDetector? Outliers => Decisions.Outliers;

    /// <summary>The calibration data and the metrics.</summary>
    public TrainingFacts Facts { get; }

    /// <summary>One calibrator per group; null where there is a single one.</summary>
    public GroupCalibrator? ByGroup { get; internal init; }

    /// <summary>The column of the rows' groups; null where nothing depends on groups.</summary>
    public string? GroupColumn { get; internal init; }

    /// <inheritdoc/>
    string ISavedModel.Description => "a calibrator of scores";

    internal ModelDecisions Decisions { get; init; } = new();

    /// <summary>Checks options against what the calibrator has, once for many rows; the predictor takes the probabilities that
    /// <see cref="Apply(double[], int, IReadOnlyList{string})"/> gives.</summary>
    /// <param name="options">How many classes to give, the sets' α, when to abstain.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or asks for what the calibrator does not have.</exception>
    public Predictor PredictorFor(PredictionOptions? options = null) => new(Classes, Decisions, options ?? new PredictionOptions());

    /// <summary>Calibrated probabilities of logits, by a calibrator of logits.</summary>
    /// <param name="logits">[rows, classes].</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <exception cref="ArgumentException">The classes or the <see cref="Kind"/> differ, or the calibrator differs by group.</exception>
    public Probabilities Apply(Logits logits, int maxThreads = 0)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return Apply(Own(logits.Values, ScoreKind.Logits, logits.Classes), maxThreads);
    }

    /// <summary>Calibrated probabilities of probabilities, by a calibrator of probabilities.</summary>
    /// <param name="probabilities">[rows, classes].</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <exception cref="ArgumentException">The classes or the <see cref="Kind"/> differ, or the calibrator differs by group.</exception>
    public Probabilities Apply(Probabilities probabilities, int maxThreads = 0)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        return Apply(Own(probabilities.Values, ScoreKind.Probabilities, probabilities.Classes), maxThreads);
    }

    private double[] Own(ReadOnlySpan<double> values, ScoreKind kind, int classes) =>
        kind != Kind ? throw new ArgumentException($"These are {kind}; the calibrator was fitted on {Kind}.")
        : classes != Classes.Count
            ? throw new ArgumentException($"The scores have {classes} classes; the calibrator has {Classes.Count}.")
        : values.ToArray();

    /// <summary>Predicts the row of one score per class.</summary>
    /// <param name="scores">K scores of the kind <see cref="Kind"/>.</param>
    /// <param name="options">How many classes to give, the sets' α, when to abstain.</param>
    /// <exception cref="ArgumentException">There are not K scores, or an option is out of its range.</exception>
    public Prediction PredictOne(ReadOnlySpan<double> scores, PredictionOptions? options = null)
    {
        if (scores.Length != Classes.Count)
            throw new ArgumentException($"There are {scores.Length} scores; the calibrator has {Classes.Count} classes.", nameof(scores));

        return Predict(scores.ToArray(), options)[0];
    }

    /// <summary>Predicts the row of one score per class.</summary>
    /// <param name="scores">K scores of the kind <see cref="Kind"/>.</param>
    /// <param name="options">How many classes to give, the sets' α, when to abstain.</param>
    /// <exception cref="ArgumentException">There are not K scores, or an option is out of its range.</exception>
    public Prediction PredictOne(ReadOnlySpan<float> scores, PredictionOptions? options = null) =>
        PredictOne(ScoreCopy.Of(scores), options);

    /// <summary>Predicts rows of scores.</summary>
    /// <param name="scores">[rows, classes], row-major, of the kind <see cref="Kind"/>.</param>
    /// <param name="options">How many classes to give, the sets' α, when to abstain.</param>
    /// <param name="groups">The group of each row, which <see cref="ByGroup"/> and sets by group need.</param>
    /// <param name="notes">Receives notes on the rows as a whole, such as a label shift.</param>
    /// <exception cref="ArgumentException">The scores have another number of classes, are invalid for their kind, or have no groups where
    /// they are needed; or an option is out of its range.</exception>
    public IReadOnlyList<Prediction> Predict(
        double[] scores, PredictionOptions? options = null, IReadOnlyList<string?>? groups = null, ICollection<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Predictor predictor = PredictorFor(options);
        Probabilities probabilities = Apply(scores, predictor.Options.MaxThreads, groups);
        int classes = Classes.Count;
        ulong[] keys = predictor.NeedsRowKeys
            ? [.. Enumerable.Range(0, probabilities.Rows).Select(row => RowKey.Of(scores.AsSpan(row * classes, classes)))]
            : [];
        return predictor.Predict(probabilities, keys, groups, notes: notes);
    }

    /// <summary>Calibrated probabilities of scores of the kind <see cref="Kind"/>.</summary>
    /// <param name="scores">[rows, classes], row-major.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <exception cref="ArgumentException">The scores have another number of classes, or are invalid for their kind.</exception>
    /// <param name="groups">The group of each row, which <see cref="ByGroup"/> needs.</param>
    /// <exception cref="ArgumentException">There is one calibrator per group, and there is not one group per row.</exception>
    public Probabilities Apply(double[] scores, int maxThreads = 0, IReadOnlyList<string?>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Logits logits = ToLogits(scores);
        return ByGroup is null
            ? Calibrator.Apply(logits, maxThreads)
            : ByGroup.Apply(logits, groups
                ?? throw new ArgumentException($"The calibrator differs by '{GroupColumn}': the group of each row is needed.",
                nameof(groups)), maxThreads).Probabilities;
    }

    /// <summary>The same calibrator with other facts, as its metrics are known only after fitting.</summary>
    public ScoreCalibrator With(TrainingFacts facts) => new(Kind, Floor, Calibrator, Classes, facts)
    {
        Undoing = Undoing,
        Decisions = Decisions,
        ByGroup = ByGroup,
        GroupColumn = GroupColumn,
    };

    /// <summary>Scores of the kind <see cref="Kind"/> as logits: the logarithm of a probability is its logit, up to a constant per
    /// row. What <see cref="Undoing"/> says is undone.</summary>
    /// <param name="scores">[rows, classes], row-major.</param>
    public Logits ToLogits(double[] scores)
    {
        Logits logits = ToLogits(Kind, scores, Classes.Count, Floor);
        return Undoing?.Undo(logits) ?? logits;
    }

    internal static Logits ToLogits(ScoreKind kind, double[] scores, int classes, double floor) => kind == ScoreKind.Logits
        ? new Logits(scores, classes)
        : Logits.FromProbabilities(new Probabilities(scores, classes), floor);
}
