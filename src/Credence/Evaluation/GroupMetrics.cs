using Credence.Data;
using Credence.Evaluation.Intervals;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>The metrics of each group of rows, with a joint test of their calibration.</summary>
internal static class GroupMetrics
{
    private const int MostDraws = 200;

    /// <summary>One a group that has rows, in the order of the groups.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="groups">Each row's group.</param>
    /// <param name="bins">The bins of confidence.</param>
    /// <param name="draws">Draws for the value of a calibrated model; 0 for none.</param>
    /// <param name="rng">The random generator.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static GroupResult[] Compute(
        ScoredRows rows, RowGroups groups, EqualWidthBins bins, int draws, Rng rng, int maxThreads, CancellationToken cancellationToken)
    {
        var members = new List<int>[groups.Names.Count];
        for (int group = 0; group < members.Length; group++)
            members[group] = [];
        for (int row = 0; row < rows.Count; row++)
            members[groups.Indices[row]].Add(row);

        int[] present = [.. Enumerable.Range(0, members.Length).Where(group => members[group].Count > 0)];
        var results = new GroupResult[present.Length];
        Chunks.For(
            present.Length,
            maxThreads,
            i => results[i] = One(rows, members[present[i]], groups.Names[present[i]], bins, Math.Min(draws, MostDraws),
                rng.Split((ulong)present[i])),
            cancellationToken);

        double[] adjusted = Holm.Adjust([.. results.Select(result => result.PValue)]);
        int tests = adjusted.Count(p => !double.IsNaN(p));
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = results[i] with
            {
                AdjustedPValue = adjusted[i],
                Verdict = PartVerdict.Of(adjusted[i], results[i].MeanConfidence, results[i].Accuracy, tests),
            };
        }

        return results;
    }

    private static GroupResult One(ScoredRows rows, List<int> members, string name, EqualWidthBins bins, int draws, Rng rng)
    {
        double total = 0, squares = 0, right = 0, confidence = 0, loss = 0, lossSquares = 0;
        var test = new ScoreTests(1);
        foreach (int row in members)
        {
            double weight = rows.Weights[row];
            total += weight;
            squares += weight * weight;
            right += rows.IsCorrect(row) ? weight : 0;
            confidence += weight * rows.Confidence[row];
            loss += weight > 0 ? weight * rows.LogLoss[row] : 0;
            test.Expect([rows.Confidence[row]], weight);
            if (rows.IsCorrect(row))
                test.Happen(0, rows.Confidence[row], weight);
        }

        double mean = loss / total, worth = RowWeights.EffectiveSize(total, squares);
        foreach (int row in members)
            lossSquares += rows.Weights[row] * (rows.LogLoss[row] - mean) * (rows.LogLoss[row] - mean);

        double error = Math.Sqrt(lossSquares / total / Math.Max(1, worth - 1));
        var nulls = new double[draws];
        for (int draw = 0; draw < draws; draw++)
            nulls[draw] = Ece(rows, members, bins, total, row => rng.NextDouble() < rows.Confidence[row]);

        return new GroupResult
        {
            Name = name,
            Rows = members.Count,
            Accuracy = right / total,
            AccuracyInterval = Interval.Wilson(right / total, worth),
            MeanConfidence = confidence / total,
            LogLoss = mean,
            LogLossInterval = worth > 1 && double.IsFinite(error)
                ? new Interval(mean - (Interval.Normal * error), mean + (Interval.Normal * error)) : Interval.None,
            Ece = Ece(rows, members, bins, total, rows.IsCorrect),
            EceCalibrated = CalibratedNull.Compute(nulls),
            PValue = test.PValue(0),
            AdjustedPValue = double.NaN,
        };
    }

    private static double Ece(ScoredRows rows, List<int> members, EqualWidthBins bins, double total, Func<int, bool> isRight)
    {
        Span<double> gaps = new double[bins.Count];
        foreach (int row in members)
            gaps[bins.Of(rows.Confidence[row])] += rows.Weights[row] * (rows.Confidence[row] - (isRight(row) ? 1 : 0)) / total;
        return BinnedCalibrationError.ExpectedCalibrationError(gaps);
    }
}
