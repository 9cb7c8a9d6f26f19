using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Models.Files;
using Credence.OutOfDistribution;
using Credence.Shift;

namespace Credence.Models;

/// <summary>What makes some other system's scores trustworthy: from its logits or probabilities to calibrated probabilities and to a
/// decision. Immutable, and safe for use by several threads. <see cref="ModelFile"/> writes and reads it.</summary>
public sealed class ScoreCalibrator : ISavedModel
{
    internal ScoreCalibrator(ScoreKind kind, double floor, ICalibrator calibrator, IReadOnlyList<string> classes, TrainingFacts facts)
    {
        Kind = kind;
        Floor = floor;
        Calibrator = calibrator;
        Classes = classes;
        Facts = facts;
    }

    /// <summary>What the scores are.</summary>
    public ScoreKind Kind { get; }

    /// <summary>Of probabilities: smaller ones count as this, so that none is impossible for ever; 0 leaves them as they are.</summary>
    public double Floor { get; }

    /// <summary>From logits to probabilities.</summary>
    public ICalibrator Calibrator { get; }

    /// <summary>The classes' names; column k of every score is class k.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Prediction sets, or null where there were too few rows for them.</summary>
    public ConformalClassifier? Sets => Decisions.Sets;

    /// <summary>How confident it was on rows it had not seen, from which a coverage finds its threshold.</summary>
    public ConfidenceQuantiles? Confidences => Decisions.Confidences;

    /// <summary>Whether to answer, and what to do; null answers always.</summary>
    public Policy? Policy => Decisions.Policy;

    /// <summary>The shares of the classes, against which rows to come are held; null in files of older versions.</summary>
    public LabelShift? Shift => Decisions.Shift;

    /// <summary>Tells rows unlike all those seen, by their logits; null where none was asked for.</summary>
    public OutlierDetector? Outliers => Decisions.Outliers;

    /// <summary>What it was fitted on and how it did.</summary>
    public TrainingFacts Facts { get; }

    /// <summary>A calibrator a group; null where one serves all.</summary>
    public GroupCalibrator? ByGroup { get; internal init; }

    /// <summary>The column that names the group of a row; null where nothing depends on groups.</summary>
    public string? GroupColumn { get; internal init; }

    /// <inheritdoc/>
    string ISavedModel.Description => "a calibrator of scores";

    internal ModelDecisions Decisions { get; init; } = new();

    /// <summary>Checks options against what the calibrator has, once for many rows; the predictor takes the probabilities that <see cref="Apply"/> gives.</summary>
    /// <param name="options">How many classes to give, the sets' α, when to abstain.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or asks for what the calibrator does not have.</exception>
    public Predictor PredictorFor(PredictionOptions? options = null) => new(Classes, Decisions, options ?? new PredictionOptions());

    /// <summary>Calibrated probabilities of scores of the kind <see cref="Kind"/> says.</summary>
    /// <param name="scores">[rows, classes], row-major.</param>
    /// <param name="threads">The most threads to use; 0 for one a core.</param>
    /// <exception cref="ArgumentException">The scores are of another number of classes, or can't be of that kind.</exception>
    /// <param name="groups">The group of each row, which <see cref="ByGroup"/> needs.</param>
    /// <exception cref="ArgumentException">There is a calibrator a group, and the groups are not one a row.</exception>
    public Probabilities Apply(double[] scores, int threads = 0, IReadOnlyList<string?>? groups = null)
    {
        Logits logits = ToLogits(Kind, scores, Classes.Count, Floor);
        return ByGroup is null
            ? Calibrator.Apply(logits, threads)
            : ByGroup.Apply(logits, groups ?? throw new ArgumentException($"The calibrator differs by '{GroupColumn}': the group of each row is needed.", nameof(groups)), threads).Probabilities;
    }

    /// <summary>The same calibrator with other facts: its figures are known only after it is made.</summary>
    public ScoreCalibrator With(TrainingFacts facts) => new(Kind, Floor, Calibrator, Classes, facts)
    {
        Decisions = Decisions,
        ByGroup = ByGroup,
        GroupColumn = GroupColumn,
    };

    /// <summary>Scores of the kind <see cref="Kind"/> says as logits: a probability's logarithm is its logit, up to a constant of the row.</summary>
    /// <param name="scores">[rows, classes], row-major.</param>
    public Logits ToLogits(double[] scores) => ToLogits(Kind, scores, Classes.Count, Floor);

    internal static Logits ToLogits(ScoreKind kind, double[] scores, int classes, double floor) => kind == ScoreKind.Logits
        ? new Logits(scores, classes)
        : Logits.FromProbabilities(new Probabilities(scores, classes), floor);
}
