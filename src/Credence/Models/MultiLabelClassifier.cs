using System.Diagnostics.CodeAnalysis;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Evaluation.Results;
using Credence.Features;
using Credence.LogitModels;
using Credence.Models.Files;

namespace Credence.Models;

/// <summary>A trained multi-label classifier, whose rows may have several classes or none: columns to features, to each class's log-odds,
/// to its calibrated
/// probability, to the predicted classes. Immutable, and safe for use by several threads. <see cref="ModelFile"/> writes and reads
/// it.</summary>
public sealed class MultiLabelClassifier : ISavedModel
{
    private readonly MissingAverage? average;

    internal MultiLabelClassifier(
        FeaturePipeline pipeline, ILogitModel model, ClasswiseCalibration calibrator, double[] thresholds, IReadOnlyList<string> classes,
            TrainingFacts facts)
    {
        Pipeline = pipeline;
        Model = model;
        Calibrator = calibrator;
        Thresholds = thresholds;
        Classes = classes;
        Facts = facts;
    }

    /// <summary>From columns to features.</summary>
    public FeaturePipeline Pipeline { get; }

    /// <summary>From features to each class's log-odds.</summary>
    public ILogitModel Model { get; }

    /// <summary>From log-odds to probabilities.</summary>
    public ClasswiseCalibration Calibrator { get; }

    /// <summary>The threshold of each class: it is predicted from this probability on.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>The classes' names; column k of every score is class k.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The training data and the metrics.</summary>
    public TrainingFacts Facts { get; }

    /// <summary>Training rows kept to average over where a cell is missing that never missed in training; null in files of older
    /// versions.</summary>
    public StoredRows? StoredRows
    {
        get => average?.Stored;
        internal init => average = value is null ? null : new MissingAverage(Model, value);
    }

    /// <inheritdoc/>
    string ISavedModel.Description => "a classifier of rows with several labels";

    /// <summary>The log-odds of each class in each row.</summary>
    /// <param name="table">The rows; columns in any order, or more than in training.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public Logits Score(
        Table table, ICollection<string>? notes = null, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        Model.Score(Pipeline.Apply(Read(table), notes, maxThreads, cancellationToken), maxThreads, cancellationToken);

    /// <summary>Predicts each row: <see cref="Prediction.Labels"/> are the predicted classes.</summary>
    /// <param name="table">The rows; columns in any order, or more than in training.</param>
    /// <param name="top">The number of most probable classes to list in addition, at least 1.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="allowAbsentColumns">Whether a number, category or date column that the table lacks counts as missing in every row; by
    /// default it is an error.</param>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public IReadOnlyList<Prediction> Predict(
        Table table, int top = 1, ICollection<string>? notes = null, int maxThreads = 0,
        bool allowAbsentColumns = false, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        TableScores scored = Scored(table, notes, maxThreads, allowAbsentColumns, cancellationToken);
        Probabilities probabilities = scored.Calibrated;
        LabelSets said = F1Thresholds.Apply(probabilities, Thresholds, Classes);
        var predictions = new Prediction[probabilities.Rows];
        for (int row = 0; row < predictions.Length; row++)
        {
            ReadOnlySpan<double> p = probabilities.Row(row);
            LabelProbability[] shown = Named(Predictor.MostProbable(p, Math.Min(top, p.Length)), p);
            LabelProbability[] labels = Named(said[row].ToArray(), p);
            predictions[row] = new Prediction(shown[0].Label, shown[0].Probability, shown, null,
                false)
            { Labels = [.. labels.OrderByDescending(one => one.Probability)] };
        }

        return scored.Complete(predictions);
    }

    /// <summary>Predicts one object, whose public properties are the columns that the model reads; a model of one column takes the cell
    /// itself, such as a text or an array of numbers.</summary>
    /// <param name="row">The object; other properties than the model's columns are ignored.</param>
    /// <param name="top">The number of most probable classes to list in addition, at least 1.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <exception cref="ArgumentException">A property has a type that no column holds.</exception>
    /// <exception cref="InvalidDataException">A column is absent.</exception>
    public Prediction PredictOne<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        T row, int top = 1, ICollection<string>? notes = null) => Predict(Table.From([row], Pipeline.Inputs), top, notes)[0];

    internal TableScores Scored(
        Table table, ICollection<string>? notes, int maxThreads, bool allowAbsentColumns, CancellationToken cancellationToken) =>
        TableScores.Of(
            Read(table), Pipeline, Model, Calibrator, new ClasswiseCalibration(Classes.Count), average, allowAbsentColumns, notes, maxThreads,
            cancellationToken);

    /// <summary>Evaluates the classifier on labelled rows it was not trained on, calibrated and uncalibrated.</summary>
    /// <param name="data">The rows; their labels are matched with the classes, and those that are none are left out.</param>
    /// <param name="options">Bins, draws, threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">The rows have no label sets.</exception>
    public MultiLabelEvaluation Evaluate(DataSet data, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EvaluationOptions();
        LabelSets truth = LabelMatching.ToClasses(data.LabelSets ?? throw new InvalidDataException("The rows have no label sets; "
            + "evaluation needs them."), Classes, out _);
        TableScores scored = Scored(data.Features, null, options.MaxThreads, false, cancellationToken);
        Probabilities calibrated = scored.Calibrated;
        return MultiLabelEvaluation.Compute(
            calibrated, scored.Uncalibrated(), F1Thresholds.Apply(calibrated, Thresholds, Classes), truth, data.Weights,
            options, cancellationToken);
    }

    /// <summary>The same classifier with other facts, as its metrics are known only after training.</summary>
    public MultiLabelClassifier With(TrainingFacts facts) =>
        new(Pipeline, Model, Calibrator, [.. Thresholds], Classes, facts) { StoredRows = StoredRows };

    /// <summary>Rows in which the training data's markers of missing cells mean the same.</summary>
    private Table Read(Table table) => MarkedCells.AsMissing(table, Facts.Layout);

    private LabelProbability[] Named(int[] classes, ReadOnlySpan<double> probabilities)
    {
        var named = new LabelProbability[classes.Length];
        for (int i = 0; i < classes.Length; i++)
            named[i] = new LabelProbability(Classes[classes[i]], probabilities[classes[i]]);

        return named;
    }
}
