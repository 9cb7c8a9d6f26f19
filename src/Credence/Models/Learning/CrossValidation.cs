using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Results;

namespace Credence.Models.Learning;

/// <summary>Evaluates every row by a classifier made without it, with features, training and calibration fitted anew.</summary>
public static class CrossValidation
{
    /// <summary>Makes one classifier per fold and evaluates all rows together.</summary>
    /// <param name="data">The rows, with labels.</param>
    /// <param name="folds">The fold of each row, from 0.</param>
    /// <param name="make">Makes a classifier from the given rows; receives the held-out fold too.</param>
    /// <param name="options">Bins, draws, threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ClassifierEvaluation Evaluate(
        DataSet data, int[] folds, Func<DataSet, int, Classifier> make, EvaluationOptions options,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(options);
        Labels labels = data.Labels!;
        var calibrated = new double[data.Rows * labels.Classes];
        var uncalibrated = new double[calibrated.Length];
        var sets = new List<(PredictionSetMetrics Figures, int Rows)>();
        for (int fold = 0; fold <= folds.Max(); fold++)
        {
            int[] inside = [.. Enumerable.Range(0, data.Rows).Where(row => folds[row] != fold)];
            int[] outside = [.. Enumerable.Range(0, data.Rows).Where(row => folds[row] == fold)];
            Classifier classifier = make(data.Select(inside), fold);
            DataSet rows = data.Select(outside);
            TableScores scored = classifier.Scored(rows.Features, null, options.MaxThreads, false, cancellationToken);
            Probabilities after = scored.Calibrated;
            after.ScatterTo(outside, calibrated);
            scored.Uncalibrated().ScatterTo(outside, uncalibrated);
            if (classifier.Sets is { } own)
                sets.Add((PredictionSetMetrics.Compute(own, after, rows.Labels!, RowHash.Compute(rows.Features)), rows.Rows));
        }

        return ClassifierEvaluation.Compute(
            new Probabilities(calibrated, labels.Classes),
            new Probabilities(uncalibrated, labels.Classes),
            labels,
            sets.Count == 0 ? null : PredictionSetMetrics.Mean(sets),
            data.Weights,
            options,
            cancellationToken);
    }
}
