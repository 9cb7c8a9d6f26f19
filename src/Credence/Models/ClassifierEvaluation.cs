using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Numerics;
using Credence.Threading;

namespace Credence.Models;

/// <summary>The evaluation of a classifier on rows it was not trained on: calibrated, uncalibrated, and its prediction sets.</summary>
public sealed record ClassifierEvaluation
{
    // From this many probabilities on, the metrics before calibration, which serve only for comparison, use fewer simulated label draws.
    private const int ManyValues = 20_000_000, FewDraws = 99;

    /// <summary>The true classes of the evaluated rows.</summary>
    public required Labels Labels { get; init; }

    /// <summary>The calibrated probabilities, [rows, classes].</summary>
    public required Probabilities Probabilities { get; init; }

    /// <summary>The metrics of the calibrated probabilities.</summary>
    public required ModelEvaluation Calibrated { get; init; }

    /// <summary>The metrics of the uncalibrated softmax.</summary>
    public required ModelEvaluation Uncalibrated { get; init; }

    /// <summary>The decrease of the mean log loss by calibration on these rows, as a 95 % interval of the paired difference (normal, from
    /// the rows'
    /// differences); +∞ at both ends where a true class had probability 0 only before, none where it is undefined.</summary>
    public Interval LogLossGain { get; init; } = Interval.None;

    /// <summary>The metrics of the prediction sets, or null where the model has none.</summary>
    public PredictionSetMetrics? Sets { get; init; }

    /// <summary>The rows' answers under a class prior; null where the evaluation was of probabilities alone.</summary>
    public RowsUnderPrior? Answers { get; internal init; }

    /// <summary>The calibrated probabilities before a class prior was applied; null where the evaluation was of probabilities
    /// alone.</summary>
    public Probabilities? BeforePrior { get; internal init; }

    /// <summary>Rows of labels that are none of the model's classes; null where there were none. The accuracy counts them as wrong, every
    /// other metric leaves them out.</summary>
    public UnseenLabels? Unseen { get; private init; }

    /// <summary>The same evaluation with rows of unseen labels counted as wrong in the accuracy.</summary>
    /// <param name="unseen">Those rows; null for none.</param>
    /// <param name="weights">The weight of each row that was evaluated, or null.</param>
    public ClassifierEvaluation With(UnseenLabels? unseen, double[]? weights) => unseen is null ? this : this with
    {
        Unseen = unseen,
        Calibrated = Counting(Calibrated, unseen, weights),
        Uncalibrated = Counting(Uncalibrated, unseen, weights),
    };

    /// <summary>Evaluates probabilities before and after calibration.</summary>
    /// <param name="calibrated">[rows, classes].</param>
    /// <param name="uncalibrated">[rows, classes].</param>
    /// <param name="labels">The true classes, none missing.</param>
    /// <param name="sets">The metrics of the prediction sets on the rows, or null.</param>
    /// <param name="weights">The weight of each row, or null.</param>
    /// <param name="options">Bins, draws, threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ClassifierEvaluation Compute(
        Probabilities calibrated,
        Probabilities uncalibrated,
        Labels labels,
        PredictionSetMetrics? sets,
        double[]? weights,
        EvaluationOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        bool same = calibrated.Values.SequenceEqual(uncalibrated.Values);
        EvaluationOptions fewer = calibrated.Values.Length > ManyValues ? options with { NullDraws = Math.Min(options.NullDraws, FewDraws) }
            : options;

        // Each evaluation has single-threaded parts, so running both at once uses the idle threads.
        var both = new ModelEvaluation[same ? 1 : 2];
        Pieces.For(both.Length, options.MaxThreads, i => both[i] =
            Evaluator.Evaluate(i == 0 ? calibrated : uncalibrated, labels, weights, i == 0 ? options : fewer, cancellationToken),
                cancellationToken);
        return new ClassifierEvaluation
        {
            Labels = labels,
            Probabilities = calibrated,
            Calibrated = both[0],
            Uncalibrated = both[^1],
            LogLossGain = same ? new Interval(0, 0) : Gain(calibrated, uncalibrated, labels, weights, options.Clusters),
            Sets = sets,
        };
    }

    private static ModelEvaluation Counting(ModelEvaluation evaluation, UnseenLabels unseen, double[]? weights)
    {
        double seen = weights?.Sum() ?? evaluation.Rows, others = unseen.Weights.Count > 0 ? unseen.Weights.Sum() : unseen.Rows;
        double rows = weights is null ? evaluation.Rows + unseen.Rows : RowWeights.EffectiveSize([.. weights, .. unseen.Weights]);
        return evaluation with
        {
            Figures = [.. evaluation.Figures.Select(figure => figure.Name != MetricName.Accuracy ? figure : Less(figure))],
        };

        MetricResult Less(MetricResult accuracy)
        {
            double share = accuracy.Value * seen / (seen + others);
            return accuracy with
            {
                Value = share,
                Interval = Interval.Wilson(share, rows),
                Null = null,
                Verdict = null,
                Definition = $"{accuracy.Definition}; rows of labels that training never saw count as wrong",
            };
        }
    }

    private static Interval Gain(
        Probabilities after, Probabilities before, Labels labels, double[]? weights, IReadOnlyList<int>? clusters)
    {
        if (clusters is not null)
        {
            return Gain(
                HeldOutLosses.LogLosses(before, labels), HeldOutLosses.LogLosses(after, labels), weights, [.. clusters]);
        }

        double total = 0, mean = 0, square = 0, squares = 0;
        for (int row = 0; row < labels.Count; row++)
        {
            double weight = weights?[row] ?? 1, gain = Log.Compute(after.Row(row)[labels[row]]) - Log.Compute(before.Row(row)[labels[row]]);
            if (!(weight > 0))
                continue;

            if (!double.IsFinite(gain))
                return double.IsPositiveInfinity(gain) ? new Interval(gain, gain) : Interval.None;

            total += weight;
            squares += weight * weight;
            double moved = gain - mean;
            mean += moved * weight / total;
            square += weight * moved * (gain - mean);
        }

        double worth = RowWeights.EffectiveSize(total, squares);
        if (!(worth > 1))
            return Interval.None;

        double half = Interval.Normal * Math.Sqrt(square / total / (worth - 1));
        return new Interval(mean - half, mean + half);
    }

    private static Interval Gain(double[] before, double[] after, double[]? weights, int[] clusters)
    {
        (double mean, double error) = SelectionOutcome.Mean(before, after, weights, clusters);
        return double.IsPositiveInfinity(mean) ? new Interval(mean, mean)
            : double.IsFinite(error) ? new Interval(mean - (Interval.Normal * error), mean + (Interval.Normal * error))
            : Interval.None;
    }

    /// <summary>The softmax of logits, without a calibrator.</summary>
    internal static Probabilities Softmax(Logits logits, int maxThreads) =>
        new IdentityCalibrator(logits.Classes).Apply(logits, maxThreads);
}
