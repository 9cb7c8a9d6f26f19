using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;

namespace Credence.Models;

/// <summary>The evaluation of a multi-label classifier on rows it was not trained on: calibrated and uncalibrated.</summary>
public sealed record MultiLabelEvaluation
{
    /// <summary>The true classes of the evaluated rows.</summary>
    public required LabelSets Truth { get; init; }

    /// <summary>The predicted classes of each row.</summary>
    public required LabelSets Predicted { get; init; }

    /// <summary>The calibrated probabilities, [rows, classes].</summary>
    public required Probabilities Probabilities { get; init; }

    /// <summary>The metrics of the calibrated probabilities and of the classes predicted by the thresholds.</summary>
    public required ModelEvaluation Calibrated { get; init; }

    /// <summary>The metrics of the uncalibrated sigmoids, each class predicted from a probability of ½ on.</summary>
    public required ModelEvaluation Uncalibrated { get; init; }

    /// <summary>Evaluates probabilities before and after calibration.</summary>
    /// <param name="calibrated">[rows, classes].</param>
    /// <param name="uncalibrated">[rows, classes].</param>
    /// <param name="said">The predicted classes of each row.</param>
    /// <param name="truth">The true classes of each row.</param>
    /// <param name="weights">The weight of each row, or null.</param>
    /// <param name="options">Bins, draws, threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static MultiLabelEvaluation Compute(
        Probabilities calibrated, Probabilities uncalibrated, LabelSets said, LabelSets truth, double[]? weights, EvaluationOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(options);
        double[] halves = [.. Enumerable.Repeat(0.5, truth.Classes)];
        return new MultiLabelEvaluation
        {
            Truth = truth,
            Predicted = said,
            Probabilities = calibrated,
            Calibrated = MultiLabelEvaluator.Evaluate(calibrated, said, truth, weights, options, cancellationToken),
            Uncalibrated = MultiLabelEvaluator.Evaluate(
                uncalibrated, Decisions.F1Thresholds.Apply(uncalibrated, halves, truth.Names), truth, weights, options, cancellationToken),
        };
    }

    /// <summary>Cross-validates: evaluates every row by a classifier made without it, with features, training, calibration and thresholds
    /// fitted anew.</summary>
    /// <param name="data">The rows, with label sets.</param>
    /// <param name="folds">The fold of each row, from 0.</param>
    /// <param name="make">Makes a classifier from the given rows; receives the held-out fold too.</param>
    /// <param name="options">Bins, draws, threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static MultiLabelEvaluation Crossed(
        DataSet data, int[] folds, Func<DataSet, int, MultiLabelClassifier> make, EvaluationOptions options,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(options);
        LabelSets truth = data.LabelSets ?? throw new InvalidDataException("The rows have no label sets; evaluation needs them.");
        var calibrated = new double[data.Rows * truth.Classes];
        var uncalibrated = new double[calibrated.Length];
        var said = new int[data.Rows][];
        for (int fold = 0; fold <= folds.Max(); fold++)
        {
            int[] inside = [.. Enumerable.Range(0, data.Rows).Where(row => folds[row] != fold)];
            int[] outside = [.. Enumerable.Range(0, data.Rows).Where(row => folds[row] == fold)];
            MultiLabelClassifier classifier = make(data.Select(inside), fold);
            DataSet rows = data.Select(outside);
            TableScores scored = classifier.Scored(rows.Features, null, options.MaxThreads, false, cancellationToken);
            Probabilities after = scored.Calibrated;
            after.ScatterTo(outside, calibrated);
            scored.Uncalibrated().ScatterTo(outside, uncalibrated);
            LabelSets own = Decisions.F1Thresholds.Apply(after, classifier.Thresholds, truth.Names);
            for (int i = 0; i < outside.Length; i++)
                said[outside[i]] = own[i].ToArray();
        }

        return Compute(new Probabilities(calibrated, truth.Classes), new Probabilities(uncalibrated, truth.Classes),
            LabelSets.From(said, truth.Names), truth, data.Weights, options, cancellationToken);
    }
}
