using System.Diagnostics.CodeAnalysis;
using Credence.Calibration;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Evaluation.Results;
using Credence.Features;
using Credence.LogitModels;
using Credence.Models.Files;
using Credence.OutOfDistribution;
using Credence.Shift;

namespace Credence.Models;

/// <summary>A trained classifier: columns to features, to logits, to calibrated probabilities, to a decision.
/// Immutable, and safe for use by several threads. <see cref="ModelFile"/> writes and reads it.</summary>
public sealed class Classifier : ISavedModel
{
    private readonly MissingAverage? average;

    internal Classifier(
        FeaturePipeline pipeline, ILogitModel model, ICalibrator calibrator, IReadOnlyList<string> classes, TrainingFacts facts)
    {
        Pipeline = pipeline;
        Model = model;
        Calibrator = calibrator;
        Classes = classes;
        Facts = facts;
    }

    /// <summary>From columns to features.</summary>
    public FeaturePipeline Pipeline { get; }

    /// <summary>From features to logits.</summary>
    public ILogitModel Model { get; }

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

    /// <summary>Detects out-of-distribution rows by their logits or features; null where none was requested.</summary>
    public OutlierDetector? Outliers => Decisions.Outliers;

    /// <summary>The training data and the metrics.</summary>
    public TrainingFacts Facts { get; }

    /// <inheritdoc/>
    string ISavedModel.Description => "a classifier of rows with one label";

    /// <summary>Training rows kept to average over where a cell is missing that never missed in training; null in files of older
    /// versions.</summary>
    public StoredRows? StoredRows
    {
        get => average?.Stored;
        internal init => average = value is null ? null : new MissingAverage(Model, value);
    }

    internal ModelDecisions Decisions { get; init; } = new();

    /// <summary>The logits of rows, for which a missing cell that never missed in training is a typical one; <see cref="ProbabilitiesOf"/>
    /// averages over such cells.</summary>
    /// <param name="table">The rows; columns in any order, or more than in training.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public Logits Score(
        Table table, ICollection<string>? notes = null, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        Model.Score(Pipeline.Apply(Read(table), notes, maxThreads, cancellationToken), maxThreads, cancellationToken);

    /// <summary>The calibrated probabilities of rows: the mean over <see cref="StoredRows"/> where a cell is missing that never missed in
    /// training.</summary>
    /// <param name="table">The rows; columns in any order, or more than in training.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public Probabilities ProbabilitiesOf(
        Table table, ICollection<string>? notes = null, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        Scored(table, notes, maxThreads, false, cancellationToken).Calibrated;

    /// <summary>Logits, calibrated probabilities as <see cref="ProbabilitiesOf"/> gives them, and the outlier score of each row by
    /// <see cref="Outliers"/>; null where there is no detector.</summary>
    /// <param name="table">The rows; columns in any order, or more than in training.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public (Logits Logits, Probabilities Probabilities, double[]? OutlierScores) ScoreWithOutliers(
        Table table, ICollection<string>? notes = null, int maxThreads = 0, CancellationToken cancellationToken = default)
    {
        TableScores scored = Scored(table, notes, maxThreads, false, cancellationToken);
        return (scored.Logits, scored.Calibrated, OutlierScores(scored, maxThreads));
    }

    internal TableScores Scored(
        Table table, ICollection<string>? notes, int maxThreads, bool allowAbsentColumns, CancellationToken cancellationToken) =>
        TableScores.Of(
            Read(table), Pipeline, Model, Calibrator, new IdentityCalibrator(Classes.Count), average, allowAbsentColumns, notes, maxThreads,
            cancellationToken);

    /// <summary>Rows in which the training data's markers of missing cells mean the same.</summary>
    private Table Read(Table table) => MarkedCells.AsMissing(table, Facts.Layout);

    private double[]? OutlierScores(TableScores scored, int maxThreads) =>
        Outliers is null ? null : OutlierLearner.Scores(Outliers.Scorer, scored.Logits, scored.Features, maxThreads);

    /// <summary>Predicts each row.</summary>
    /// <param name="table">The rows; columns in any order, or more than in training.</param>
    /// <param name="options">How many classes to give, the sets' α, when to abstain.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or asks for what the model does not have.</exception>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public IReadOnlyList<Prediction> Predict(
        Table table, PredictionOptions? options = null, ICollection<string>? notes = null, CancellationToken cancellationToken = default) =>
        PredictWith(PredictorFor(options), table, notes, cancellationToken);

    /// <summary>Predicts each row, for many tables under one set of options.</summary>
    /// <param name="predictor">The result of <see cref="PredictorFor"/>.</param>
    /// <param name="table">The rows; columns in any order, or more than in training.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public IReadOnlyList<Prediction> PredictWith(
        Predictor predictor, Table table, ICollection<string>? notes = null, CancellationToken cancellationToken = default)
    {
        PredictionOptions options = predictor.Options;
        table = Read(table);
        TableScores scored = Scored(table, notes, options.MaxThreads, options.AllowAbsentColumns, cancellationToken);
        ulong[] keys = predictor.NeedsRowKeys ? RowHash.Compute(table) : [];
        return scored.Complete(
            predictor.Predict(scored.Calibrated, keys, outlierScores: OutlierScores(scored, options.MaxThreads), notes: notes));
    }

    /// <summary>Predicts one object, whose public properties are the columns that the model reads; a model of one column takes the cell
    /// itself, such as a text or an array of numbers.</summary>
    /// <param name="row">The object; other properties than the model's columns are ignored.</param>
    /// <param name="options">How many classes to give, the sets' α, when to abstain.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <exception cref="ArgumentException">A property has a type that no column holds, or an option is out of its range.</exception>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public Prediction PredictOne<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        T row, PredictionOptions? options = null, ICollection<string>? notes = null) => PredictAll([row], options, notes)[0];

    /// <summary>Predicts objects, whose public properties are the columns that the model reads.</summary>
    /// <param name="rows">The objects; other properties than the model's columns are ignored.</param>
    /// <param name="options">How many classes to give, the sets' α, when to abstain.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">A property has a type that no column holds, or an option is out of its range.</exception>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public IReadOnlyList<Prediction> PredictAll<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, PredictionOptions? options = null, ICollection<string>? notes = null,
        CancellationToken cancellationToken = default) =>
        Predict(Table.From(rows, Pipeline.Inputs), options, notes, cancellationToken);

    /// <summary>Checks options against what the classifier has, once for many tables.</summary>
    /// <param name="options">How many classes to give, the sets' α, when to abstain.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or asks for what the model does not have.</exception>
    public Predictor PredictorFor(PredictionOptions? options = null) => new(Classes, Decisions, options ?? new PredictionOptions());

    /// <summary>Evaluates the classifier on labelled rows it was not trained on, calibrated and uncalibrated.</summary>
    /// <param name="data">The rows; their labels are matched with the classes. Those that are none count as wrong in the accuracy and are
    /// left out of all else.</param>
    /// <param name="options">Bins, draws, threads; groups and clusters are of the rows with a class of the model.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">The rows have no labels, or none that is a class of the model.</exception>
    public ClassifierEvaluation Evaluate(DataSet data, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EvaluationOptions();
        if (data.Labels is null)
            throw new InvalidDataException("The rows have no labels; evaluation needs them.");

        UnseenLabels? unseen = UnseenLabels.Split(data, Classes, out DataSet rows, out _);
        int[] known = [.. Enumerable.Range(0, rows.Rows).Where(row => rows.Labels![row] != Labels.Missing)];
        if (known.Length == 0)
            throw new InvalidDataException("None of the rows has a label; evaluation needs labels.");

        rows = known.Length == rows.Rows ? rows : rows.Select(known);
        rows = rows with { Features = Read(rows.Features) };
        Labels labels = rows.Labels!;
        TableScores scored = Scored(rows.Features, null, options.MaxThreads, false, cancellationToken);
        Probabilities calibrated = scored.Calibrated;
        PredictionSetMetrics? sets = Sets is null ? null
            : PredictionSetMetrics.Compute(Sets, calibrated, labels, RowHash.Compute(rows.Features));
        return ClassifierEvaluation.Compute(
            calibrated, scored.Uncalibrated(), labels, sets, rows.Weights, options, cancellationToken).With(unseen, rows.Weights);
    }

    /// <summary>The same classifier with other facts, as its metrics are known only after training.</summary>
    public Classifier With(TrainingFacts facts) => new(Pipeline, Model, Calibrator, Classes, facts)
    {
        Decisions = Decisions,
        StoredRows = StoredRows,
    };
}
