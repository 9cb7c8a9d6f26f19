using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Intervals;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Evaluates the probability of each class, and the predicted classes, where a row may be of several classes or of none.</summary>
public static class MultiLabelEvaluator
{
    private const ulong NullStream = 1, BootstrapStream = 2;

    /// <summary>Evaluates a model on rows it was not trained, calibrated or given thresholds on.</summary>
    /// <param name="probabilities">[rows, classes], each class's own.</param>
    /// <param name="said">The predicted classes of each row.</param>
    /// <param name="truth">The true classes of each row.</param>
    /// <param name="weights">One weight per row, finite and not negative; only their ratios matter. Null for equal weights.</param>
    /// <param name="options">Bins, draws, seed, threads; null for the defaults. Groups are ignored.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ArgumentException">Shapes differ, a value is not a probability, a weight or an option is out of range.</exception>
    public static ModelEvaluation Evaluate(
        Probabilities probabilities, LabelSets said, LabelSets truth, double[]? weights = null, EvaluationOptions? options = null,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(truth);
        options ??= new EvaluationOptions();
        options.Check(probabilities.Rows);
        Check(probabilities, said, truth);
        double[] scaled = Scaled(weights, truth.Count);
        var rng = new Rng(options.Seed);
        var bins = new EqualWidthBins(options.Bins);
        int draws = (int)Math.Min(options.NullDraws, Math.Max(40, 200_000_000 / probabilities.Values.Length));
        MultiLabelCalibration calibration = MultiLabelCalibration.Compute(
            probabilities, truth, scaled, bins, options.NullDraws == 0 ? 0
                : draws, rng.Split(NullStream), options.MaxThreads, cancellationToken);
        RankedClass[] ranked = Rank(probabilities, truth, scaled, options.MaxThreads, cancellationToken);
        var counts = new MultiLabelCounts(said, truth);
        (double[] logLoss, double[] brier) = Losses(probabilities, truth);
        MultiLabelMeans[] drawn = Draw(said, truth, logLoss, brier, scaled, options, rng.Split(BootstrapStream), cancellationToken);
        counts.Count(scaled);
        double worth = Worth(scaled);
        var rows = new EvaluatedLabelSets(truth.Count, options, MultiLabelMeans.Compute(counts, logLoss, brier, scaled), drawn, ranked,
            calibration, worth);
        return new ModelEvaluation
        {
            Figures = [.. MetricCatalog.Sets.Select(metric => metric.Measure(rows))],
            Rows = truth.Count,
            Classes = truth.Names,
            ClassResults = Classes(truth, counts, ranked, calibration, worth),
        };
    }

    private static ClassResult[] Classes(
        LabelSets truth, MultiLabelCounts counts, RankedClass[] ranked, MultiLabelCalibration calibration, double worth)
    {
        double[] adjusted = Holm.Adjust(calibration.PValues);
        int tests = calibration.PValues.Count(p => !double.IsNaN(p));
        int[] support = truth.Counts();
        var results = new ClassResult[support.Length];
        for (int k = 0; k < results.Length; k++)
        {
            RankedClass own = ranked[k];
            double recall = counts.Recall(k);
            results[k] = new ClassResult(truth.Names[k], counts.Precision(k), recall, counts.F1(k), support[k])
            {
                RecallInterval = double.IsNaN(recall) ? Interval.None : Interval.Wilson(recall, Math.Max(1, own.Share * worth)),
                Auroc = own.Auroc,
                AurocInterval = double.IsNaN(own.Auroc) ? Interval.None : Interval.OfOdds(own.Auroc, own.AurocError),
                AveragePrecision = own.AveragePrecision,
                AveragePrecisionInterval = double.IsNaN(own.AveragePrecision) ? Interval.None
                    : Interval.OfOdds(own.AveragePrecision, own.AveragePrecisionError),
                MeanProbability = calibration.Means[k],
                Share = own.Share,
                Ece = calibration.Errors[k],
                EceCalibrated = CalibratedNull.Compute(calibration.Draws[k]),
                PValue = calibration.PValues[k],
                AdjustedPValue = adjusted[k],
                Verdict = PartVerdict.Of(adjusted[k], calibration.Means[k], own.Share, tests),
            };
        }

        return results;
    }

    private static RankedClass[] Rank(
        Probabilities probabilities, LabelSets truth, double[] weights, int maxThreads, CancellationToken cancellationToken)
    {
        var ranked = new RankedClass[truth.Classes];
        double worth = Worth(weights) / truth.Count;
        Chunks.For(ranked.Length, maxThreads, k =>
        {
            var own = new List<(double, double)>();
            for (int row = 0; row < truth.Count; row++)
            {
                if (truth[row].BinarySearch(k) >= 0)
                    own.Add((probabilities.Row(row)[k], weights[row]));
            }

            ranked[k] = new RankedClass(own);
            var places = new double[ranked[k].Places];
            for (int row = 0; row < truth.Count; row++)
                places[ranked[k].PlaceOf(probabilities.Row(row)[k])] += weights[row];
            ranked[k].AddOthers(places);
            ranked[k].Finish(truth.Count, worth);
        }, cancellationToken);
        return ranked;
    }

    private static MultiLabelMeans[] Draw(
        LabelSets said, LabelSets truth, double[] logLoss, double[] brier, double[] weights, EvaluationOptions options, Rng rng,
            CancellationToken cancellationToken)
    {
        var results = new MultiLabelMeans[Bootstrap.Count(truth.Count, options.BootstrapDraws)];
        const int Size = 8;
        Chunks.For(Chunks.Count(results.Length, Size), options.MaxThreads, chunk =>
        {
            var drawn = new double[truth.Count];
            var counts = new MultiLabelCounts(said, truth);
            for (int draw = chunk * Size; draw < Math.Min(results.Length, (chunk + 1) * Size); draw++)
            {
                Bootstrap.Weigh(weights, rng.Split((ulong)draw), drawn);
                counts.Count(drawn);
                results[draw] = MultiLabelMeans.Compute(counts, logLoss, brier, drawn);
            }
        }, cancellationToken);
        return results;
    }

    private static (double[] LogLoss, double[] Brier) Losses(Probabilities probabilities, LabelSets truth)
    {
        var logLoss = new double[truth.Count];
        var brier = new double[truth.Count];
        for (int row = 0; row < truth.Count; row++)
        {
            ReadOnlySpan<double> p = probabilities.Row(row);
            logLoss[row] = ClasswiseSelection.Loss(p, truth[row]);
            foreach (double value in p)
                brier[row] += value * value;
            foreach (int k in truth[row])
                brier[row] += 1 - (2 * p[k]);
        }

        return (logLoss, brier);
    }

    // The weights are scaled to sum to the rows.
    private static double Worth(double[] weights) => RowWeights.EffectiveSize(weights.Length, weights.Sum(weight => weight * weight));

    private static double[] Scaled(double[]? weights, int rows)
    {
        if (weights is null)
            return [.. Enumerable.Repeat(1.0, rows)];

        double sum = RowWeights.Check(weights, rows);
        return [.. weights.Select(weight => weight * rows / sum)];
    }

    private static void Check(Probabilities probabilities, LabelSets said, LabelSets truth)
    {
        if (truth.Count != probabilities.Rows || truth.Classes != probabilities.Classes || said.Count != truth.Count
            || said.Classes != truth.Classes)
        {
            throw new ArgumentException(
                $"The probabilities are {probabilities.Rows} × {probabilities.Classes}, the true label sets {truth.Count} of "
                    + $"{truth.Classes} classes, the predicted ones {said.Count} of "
                + $"{said.Classes}; they must agree.", nameof(truth));
        }

        if (truth.Count == 0)
            throw new ArgumentException("An evaluation needs at least one row; there are none.", nameof(probabilities));

        for (int i = 0; i < probabilities.Values.Length; i++)
        {
            if (probabilities.Values[i] is not (>= 0 and <= 1))
            {
                throw new ArgumentException(
                    $"'{nameof(probabilities)}' row {i / truth.Classes} class {i % truth.Classes} is "
                        + $"{probabilities.Values[i]}; a probability is from 0 to 1.", nameof(probabilities));
            }
        }
    }
}
