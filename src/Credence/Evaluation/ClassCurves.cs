using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Intervals;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>The reliability curve of each class's own probability, of the most frequent classes where rows and classes are many.</summary>
internal static class ClassCurves
{
    private const int MostCells = 1_000_000, FewestClasses = 10, MostDraws = 200;

    /// <summary>The curves, in the order of the classes.</summary>
    public static ReliabilityCurve[] Compute(
        Probabilities probabilities, Labels labels, ScoredRows rows, int draws, Rng rng, int maxThreads,
        CancellationToken cancellationToken)
    {
        int most = Math.Max(FewestClasses, MostCells / rows.Count);
        int[] counts = labels.Counts();
        int[] chosen = [.. Enumerable.Range(0, probabilities.Classes).Where(k => counts[k] > 0).OrderByDescending(k => counts[k])
            .ThenBy(k => k).Take(most).Order()];
        var curves = new ReliabilityCurve[chosen.Length];
        Chunks.For(
            chosen.Length,
            maxThreads,
            i => curves[i] = One(probabilities, labels, rows, chosen[i], counts[chosen[i]], Math.Min(draws, MostDraws),
                rng.Split((ulong)chosen[i])),
            cancellationToken);
        return curves;
    }

    private static ReliabilityCurve One(Probabilities probabilities, Labels labels, ScoredRows rows, int k, int count, int draws, Rng rng)
    {
        int n = rows.Count;
        var scores = new double[n];
        var order = new int[n];
        for (int row = 0; row < n; row++)
            (scores[row], order[row]) = (Math.Min(1, probabilities.Row(row)[k]), row);

        Array.Sort(scores, order);
        var groups = Partition.Distinct(scores);
        var weights = new double[n];
        var groupOf = new int[n];
        var confidences = new double[groups.Cells];
        var groupWeights = new double[groups.Cells];
        for (int group = 0; group < groups.Cells; group++)
        {
            confidences[group] = scores[groups.Start(group)];
            for (int i = groups.Start(group); i < groups.End(group); i++)
                (weights[i], groupOf[i]) = (rows.Weights[order[i]], group);
        }

        groups.Sum(weights, groupWeights);
        var fit = new CorpFit(confidences, groupWeights);
        var events = new List<int>();
        for (int i = 0; i < n; i++)
        {
            if (labels[order[i]] == k)
                events.Add(i);
        }

        int[] points = CurvePoints.Choose(groups, confidences);
        var curve = new double[points.Length];
        var gathered = new GatheredEvents(groupOf, weights);
        CorpDecomposition split = gathered.Fit(fit, events, points, curve);
        var draw = new EventDraws(scores);
        var drawn = new double[draws][];
        var nulls = new double[draws];
        for (int d = 0; d < draws; d++)
        {
            draw.Draw(rng, events);
            drawn[d] = new double[points.Length];
            nulls[d] = gathered.Fit(fit, events, points, drawn[d]).Miscalibration;
        }

        return new ReliabilityCurve(
            labels.Names[k], count, CurvePoints.Compute(points, confidences, curve, drawn), split.Miscalibration, split.Discrimination,
                split.Uncertainty,
            CalibratedNull.Compute(nulls));
    }
}
