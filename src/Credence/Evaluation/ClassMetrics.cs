using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Intervals;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;

namespace Credence.Evaluation;

/// <summary>The metrics of each class, with a joint test of their calibration.</summary>
internal static class ClassMetrics
{
    /// <summary>One per class.</summary>
    public static ClassResult[] Compute(
        Probabilities probabilities,
        Labels labels,
        ScoredRows rows,
        ClassCounts counts,
        Ranking ranking,
        double[] gaps,
        EqualWidthBins bins,
        NullDraw[] nulls,
        ClassTests tested,
        CalibrationTest? joint)
    {
        double[] pValues = tested.PValues(Happened(probabilities, rows)), means = tested.Means;
        double[] adjusted = Holm.Adjust(pValues);
        int tests = pValues.Count(p => !double.IsNaN(p));
        int[] support = labels.Counts();
        double worth = rows.EffectiveCount / rows.Count;
        var results = new ClassResult[support.Length];
        for (int k = 0; k < results.Length; k++)
        {
            int own = k;
            RankedClass ranked = ranking.Classes[k];
            double recall = counts.Recall(k);
            results[k] = new ClassResult(labels.Names[k], counts.Precision(k), recall, counts.F1(k), support[k])
            {
                RecallInterval = double.IsNaN(recall) ? Interval.None
                    : Interval.Wilson(recall, Math.Max(1, ranked.Share * rows.Count * worth)),
                Auroc = ranked.Auroc,
                AurocInterval = double.IsNaN(ranked.Auroc) ? Interval.None : Interval.OfOdds(ranked.Auroc, ranked.AurocError),
                AveragePrecision = ranked.AveragePrecision,
                AveragePrecisionInterval = double.IsNaN(ranked.AveragePrecision) ? Interval.None
                    : Interval.OfOdds(ranked.AveragePrecision, ranked.AveragePrecisionError),
                MeanProbability = means[k],
                Share = ranked.Share,
                Ece = BinnedCalibrationError.ExpectedCalibrationError(gaps.AsSpan(k * bins.Count, bins.Count)),
                EceCalibrated = CalibratedNull.Compute([.. nulls.Select(draw => draw.ClassErrors[own])]),
                PValue = pValues[k],
                AdjustedPValue = adjusted[k],
                // A part is blamed only where the whole is miscalibrated.
                Verdict = PartVerdict.Of(
                    joint is { IsMiscalibrated: false } ? Math.Max(adjusted[k], joint.PValue) : adjusted[k], means[k], ranked.Share, tests),
            };
        }

        return results;
    }

    private static double[] Happened(Probabilities probabilities, ScoredRows rows)
    {
        int classes = probabilities.Classes;
        var happened = new double[2 * classes];
        for (int row = 0; row < rows.Count; row++)
        {
            int label = rows.Truth[row];
            happened[label] += rows.Weights[row];
            happened[classes + label] += rows.Weights[row] * Math.Min(probabilities.Row(row)[label], 1);
        }

        return happened;
    }
}
