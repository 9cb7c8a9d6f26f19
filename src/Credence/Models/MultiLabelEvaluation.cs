using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;

namespace Credence.Models;

/// <summary>How a classifier of rows with several labels did on rows it was not trained on: calibrated beside uncalibrated.</summary>
public sealed record MultiLabelEvaluation
{
    /// <summary>The true classes of the rows measured.</summary>
    public required LabelSets Truth { get; init; }

    /// <summary>The classes said of each row.</summary>
    public required LabelSets Said { get; init; }

    /// <summary>The calibrated probabilities, [rows, classes].</summary>
    public required Probabilities Probabilities { get; init; }

    /// <summary>The figures of the calibrated probabilities, and of the classes said by the thresholds.</summary>
    public required ModelEvaluation Calibrated { get; init; }

    /// <summary>The figures of the sigmoids as they come out of training, each class said from a probability of ½ on.</summary>
    public required ModelEvaluation Uncalibrated { get; init; }

    /// <summary>Measures probabilities before and after calibration.</summary>
    /// <param name="calibrated">[rows, classes].</param>
    /// <param name="uncalibrated">[rows, classes].</param>
    /// <param name="said">The classes said of each row.</param>
    /// <param name="truth">The true classes of each row.</param>
    /// <param name="weights">How much each row counts, or null.</param>
    /// <param name="options">Bins, draws, threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static MultiLabelEvaluation Compute(
        Probabilities calibrated, Probabilities uncalibrated, LabelSets said, LabelSets truth, double[]? weights, EvaluationOptions options,
        CancellationToken cancellationToken)
    {
        double[] halves = [.. Enumerable.Repeat(0.5, truth.Classes)];
        return new MultiLabelEvaluation
        {
            Truth = truth,
            Said = said,
            Probabilities = calibrated,
            Calibrated = MultiLabelEvaluator.Evaluate(calibrated, said, truth, weights, options, cancellationToken),
            Uncalibrated = MultiLabelEvaluator.Evaluate(
                uncalibrated, Decisions.F1Thresholds.Apply(uncalibrated, halves, truth.Names), truth, weights, options, cancellationToken),
        };
    }

    /// <summary>Measures every row, each by a classifier that was made without it: features, training, calibration and thresholds included.</summary>
    /// <param name="data">The rows, with label sets.</param>
    /// <param name="folds">The fold of each row, from 0.</param>
    /// <param name="make">Makes a classifier of the given rows; told the fold that is left out.</param>
    /// <param name="options">Bins, draws, threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static MultiLabelEvaluation Crossed(
        DataSet data, int[] folds, Func<DataSet, int, MultiLabelClassifier> make, EvaluationOptions options, CancellationToken cancellationToken = default)
    {
        LabelSets truth = data.LabelSets ?? throw new InvalidDataException("The rows have no sets of labels to measure against.");
        var calibrated = new double[data.Rows * truth.Classes];
        var uncalibrated = new double[calibrated.Length];
        var said = new int[data.Rows][];
        for (int fold = 0; fold <= folds.Max(); fold++)
        {
            int[] inside = [.. Enumerable.Range(0, data.Rows).Where(row => folds[row] != fold)];
            int[] outside = [.. Enumerable.Range(0, data.Rows).Where(row => folds[row] == fold)];
            MultiLabelClassifier classifier = make(data.Select(inside), fold);
            DataSet rows = data.Select(outside);
            Logits logits = classifier.Score(rows.Features, maxThreads: options.MaxThreads, cancellationToken: cancellationToken);
            Probabilities after = classifier.Calibrator.Apply(logits, options.MaxThreads);
            after.ScatterTo(outside, calibrated);
            new ClasswiseCalibration(truth.Classes).Apply(logits, options.MaxThreads).ScatterTo(outside, uncalibrated);
            LabelSets own = Decisions.F1Thresholds.Apply(after, classifier.Thresholds, truth.Names);
            for (int i = 0; i < outside.Length; i++)
                said[outside[i]] = own[i].ToArray();
        }

        return Compute(new Probabilities(calibrated, truth.Classes), new Probabilities(uncalibrated, truth.Classes), LabelSets.From(said, truth.Names), truth, data.Weights, options, cancellationToken);
    }
}
