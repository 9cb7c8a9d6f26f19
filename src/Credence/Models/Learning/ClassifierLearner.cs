using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Data.Splits;
using Credence.Decisions;
using Credence.Evaluation.Results;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Linear.Path;
using Credence.LogitModels;
using Credence.OutOfDistribution;
using Credence.Shift;

namespace Credence.Models.Learning;

/// <summary>Trains a calibrated classifier on labelled rows: features, softmax regression with its penalty chosen by cross-validation,
/// a calibrator fitted on out-of-fold scores, prediction sets.</summary>
public sealed class ClassifierLearner
{
    private const int SmallData = 1000, EnoughReferenceRows = 1000;
    private const double UsualFalseAlarms = 0.05;

    private readonly ClassifierOptions options;

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ClassifierLearner(ClassifierOptions? options = null)
    {
        this.options = options ?? new ClassifierOptions();
        this.options.Check();
    }

    /// <summary>Trains the classifier.</summary>
    /// <param name="data">Rows with labels; those without one are left out, and a note says how many.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the work within a second.</param>
    /// <exception cref="InvalidDataException">The rows are unsuitable for training; the message says why.</exception>
    public ClassifierFit Fit(DataSet data, IProgress<LearningProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var notes = new List<string>();
        data = Labelled(data, notes);
        CheckLabels(data);
        RowCheck.Learnable(data);
        data = RowRepeats.Decided(data, options.Repeats);
        DataSet rows = data, heldOut = data.Select([]);
        if (options.ConformalFraction > 0)
        {
            Split split = Split.Stratified(data, options.ConformalFraction, options.Seed ^ 0xC0F0);
            rows = data.Select(split.Train);
            heldOut = data.Select(split.Test);
        }

        Labels labels = rows.Labels!;
        FeaturePipeline pipeline =
            FeaturePipeline.Fit(rows.Features, labels, options.Features, Stages.Features(progress), cancellationToken);
        notes.AddRange(pipeline.LeftOut);
        IFeatureMatrix features = pipeline.Apply(rows.Features, cancellationToken: cancellationToken);
        int[] folds = FoldsOf(rows, options);
        var shared = new LearnerRows(labels, pipeline, features, folds)
        {
            Weights = rows.Weights,
            Seed = options.Seed,
            MaxThreads = options.MaxThreads
        };
        LearnerContest contest = LearnerContest.Run(
            options.Learners(), shared, options.Blend, Stages.Training(progress), cancellationToken);
        notes.AddRange(contest.Notes);
        LogitFit fit = contest.Fit;
        pipeline = fit.Pipeline;
        DataSet scored = fit.Rows is { } some ? rows.Select(some) : rows;
        int[] scoredFolds = fit.Rows is null ? folds : FoldsOf(scored, options);
        CalibratorSelection? choice = options.Calibrate
            ? CalibratorSelection.Choose(
                fit.OutOfFold, scored.Labels!, scored.Weights, options.CalibrationOf(scored, scoredFolds), Stages.Calibration(progress),
                cancellationToken)
            : null;
        ICalibrator calibrator = choice?.Calibrator ?? new IdentityCalibrator(labels.Classes);
        Probabilities held = choice?.CrossFitted(options.MaxThreads) ?? calibrator.Apply(fit.OutOfFold, options.MaxThreads);
        ModelDecisions decisions = heldOut.Rows == 0
            ? Decide(options, fit.OutOfFold, held, held, scored, notes)
            : DecideApart(options, pipeline, fit.Model, calibrator, held, heldOut, notes, cancellationToken);
        if (options.FeatureOutliers is { } score)
            decisions = decisions with { Outliers = ByFeatures(score, pipeline, fit, scored, scoredFolds, heldOut, cancellationToken) };

        if (decisions.Outliers?.TooFewRowsFor(UsualFalseAlarms) is { } tooFew)
            notes.Add(tooFew);

        var facts = new TrainingFacts
        {
            Data = data.Description,
            DataFingerprint = data.Description.Length == 0 ? "" : DataFingerprint.Of(data),
            TrainRows = rows.Rows,
            CalibrationRows = fit.OutOfFold.Rows,
            ClassCounts = labels.Counts(),
            Seed = options.Seed,
            Lambda = (fit as LinearLogitFit)?.Path.Lambda ?? 0,
            L1Ratio = options.L1Ratio,
        };
        return new ClassifierFit
        {
            Classifier = new Classifier(pipeline, fit.Model, calibrator, labels.Names, facts)
            {
                Decisions = decisions,
                StoredRows = StoredRows.Draw(rows.Features, pipeline, options.StoreRows, options.Seed, cancellationToken),
            },
            Winner = contest.Name,
            Candidates = contest.Candidates,
            Path = (fit as LinearLogitFit)?.Path,
            Calibration = choice,
            Notes = notes,
        };
    }

    /// <summary>Trains the classifier on some of the rows and evaluates it on the others, drawn as <see cref="Split.Stratified"/> does. The
    /// classifier's facts hold the figures.</summary>
    /// <param name="data">Rows with labels; those without one are left out, and a note says how many.</param>
    /// <param name="testFraction">The share of rows to evaluate on, above 0 and below 1.</param>
    /// <param name="evaluation">Bins, draws, threads.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the work within a second.</param>
    /// <exception cref="ArgumentException">The fraction is out of range.</exception>
    /// <exception cref="InvalidDataException">The rows are unsuitable for training; the message says why.</exception>
    public EvaluatedFit FitAndEvaluate(
        DataSet data, double testFraction = 0.2, EvaluationOptions? evaluation = null, IProgress<LearningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var notes = new List<string>();
        data = Labelled(data, notes);
        CheckLabels(data);
        var repeats = RowRepeats.Judge(data, options.Repeats);
        if (repeats.Note is { } note)
            notes.Add(note);

        data = data with { Repeats = repeats.Are };
        Split split = Split.Stratified(data, testFraction, options.Seed);
        ClassifierFit fit = Fit(data.Select(split.Train), progress, cancellationToken);
        evaluation ??= new EvaluationOptions { MaxThreads = options.MaxThreads };
        ClassifierEvaluation figures = fit.Classifier.Evaluate(data.Select(split.Test), evaluation, cancellationToken);
        return new EvaluatedFit
        {
            Classifier = fit.Classifier.With(fit.Classifier.Facts.Evaluated(split.Test.Length, figures.Calibrated, figures.Uncalibrated)),
            Fit = fit,
            Evaluation = figures,
            Split = split,
            Notes = [.. notes, .. split.Notes, .. fit.Notes],
        };
    }

    /// <summary>The rows that have a label.</summary>
    private static DataSet Labelled(DataSet data, List<string> notes)
    {
        if (data.Labels is not { } labels || !labels.Indices.Contains(Labels.Missing))
            return data;

        int[] known = [.. Enumerable.Range(0, data.Rows).Where(row => labels[row] != Labels.Missing)];
        notes.Add($"{data.Rows - known.Length} of {data.Rows} rows have no label and are left out");
        return data.Select(known);
    }

    /// <summary>Fits the detector of out-of-distribution rows by features, calibrated on the rows set aside, on those of a fold,
    /// or, where these are few, on all by folds.</summary>
    private OutlierDetector ByFeatures(
        FeatureScore score, FeaturePipeline pipeline, LogitFit fit, DataSet rows, int[] folds, DataSet apart,
            CancellationToken cancellationToken)
    {
        IFeatureMatrix features = pipeline.Apply(rows.Features, null, options.MaxThreads, cancellationToken);
        if (apart.Rows > 0)
        {
            IFeatureMatrix ofApart = pipeline.Apply(apart.Features, null, options.MaxThreads, cancellationToken);
            return OutlierLearner.Fit(
                score, (features, rows.Labels!, fit.OutOfFold), (ofApart, fit.Model.Score(ofApart, options.MaxThreads, cancellationToken)),
                    options.Seed, options.MaxThreads);
        }

        int[] known = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != 0)],
            held = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == 0)];
        return held.Length < EnoughReferenceRows
            ? OutlierLearner.FitCrossed(score, (features, rows.Labels!, fit.OutOfFold), folds, options.Seed, options.MaxThreads)
            : OutlierLearner.Fit(
                score, (features.Select(known), rows.Labels!.Select(known), fit.OutOfFold.Select(known)),
                    (features.Select(held), fit.OutOfFold.Select(held)), options.Seed, options.MaxThreads);
    }

    /// <summary>Rejects rows that no classifier can be trained on.</summary>
    /// <exception cref="InvalidDataException">There are no rows, no labels, or only one class.</exception>
    /// <exception cref="ArgumentException">A label is missing.</exception>
    public static void CheckLabels(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Labels labels = data.Labels ?? throw new InvalidDataException("The rows have no labels; training needs them.");
        if (labels.Indices.IndexOf(Labels.Missing) is >= 0 and int missing)
            throw new ArgumentException($"Some rows have no label, {data.PlaceOf(missing)} for one; leave them out before training.",
                nameof(data));

        int[] counts = labels.Counts();
        string[] present = [.. labels.Names.Where((_, k) => counts[k] > 0)];
        if (present.Length < 2)
        {
            throw new InvalidDataException(present.Length == 0
                ? "There are no training rows."
                : $"All {data.Rows} rows have the label '{present[0]}': training needs at least two classes. Is this the right label "
                    + "column?");
        }
    }

    /// <summary>Fits the decision parts on rows that were used for nothing else.</summary>
    internal static ModelDecisions DecideApart(
        ClassifierOptions options, FeaturePipeline pipeline, ILogitModel model, ICalibrator calibrator, Probabilities outOfFold,
            DataSet rows, List<string> notes,
        CancellationToken cancellationToken)
    {
        Logits logits = model.Score(pipeline.Apply(rows.Features, null, options.MaxThreads, cancellationToken), options.MaxThreads,
            cancellationToken);
        return Decide(options, logits, calibrator.Apply(logits, options.MaxThreads), outOfFold, rows, notes);
    }

    /// <summary>Fits the decision parts on held-out rows: those set aside, or otherwise the out-of-fold ones.</summary>
    internal static ModelDecisions Decide(
        ClassifierOptions options, Logits logits, Probabilities probabilities, Probabilities outOfFold, DataSet rows, List<string> notes)
    {
        bool isApart = !ReferenceEquals(probabilities, outOfFold);
        Attempt<ConformalClassifier, ConformalRefusal> sets = ConformalClassifier.TryFit(
            probabilities,
            rows.Labels!,
            options.Sets with
            {
                Guarantee = isApart ? ConformalGuarantee.Exact : ConformalGuarantee.Approximate,
                GuaranteeReason = isApart ? "the rows of the quantile were held out of everything else"
                    : "calibrator and quantile come from the same out-of-fold rows",
            },
            RowHash.Compute(rows.Features));
        if (sets.Refusal is { } refusal)
            notes.Add($"no prediction sets: {refusal.Message}");

        Attempt<Policy, string> policy = options.Policy.Fit(probabilities, rows.Labels!);
        return new ModelDecisions
        {
            Sets = sets.Value,
            Confidences = ConfidenceQuantiles.Compute(outOfFold),
            Policy = !policy.HasValue ? throw new InvalidDataException(policy.Refusal) : options.Policy.IsAsked ? policy.Value : null,
            Shift = LabelShift.FitIfFew(probabilities, rows.Labels!, new() { Method = options.Shift }, notes),
            Outliers = options.Outliers is { } score ? OutlierLearner.Fit(score, logits) : null,
        };
    }

    /// <summary>The fold of each row; fewer folds where there are too few units of rows that must stay together.</summary>
    internal static int[] FoldsOf(DataSet rows, ClassifierOptions options)
    {
        RowUnits units = RowUnits.Compute(rows);
        int folds = Math.Min(options.Folds ?? (rows.Rows < SmallData ? 10 : 5), units.Count);
        return folds >= 2
            ? Folds.Stratified(rows.Strata, units, folds, options.Seed)
            : throw new InvalidDataException($"The {rows.Rows} rows are all equal, or of one group; out-of-fold scores need at least two "
                + "distinct rows or groups.");
    }
}
