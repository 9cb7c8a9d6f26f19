using Credence.Data;
using Credence.Data.Scores;
using Credence.OutOfDistribution;

namespace Credence.Workflows.Scores;

/// <summary>How well each score of the logits, and the model's own of the features, separates out-of-distribution rows from in-distribution
/// ones,
/// and what that costs
/// among in-distribution rows.</summary>
public sealed record OutlierResult
{
    /// <summary>The in-distribution rows.</summary>
    public required int KnownRows { get; init; }

    /// <summary>The out-of-distribution rows.</summary>
    public required int OutlierRows { get; init; }

    /// <summary>The minimum accuracy on in-distribution rows, or null.</summary>
    public double? LeastAccuracy { get; init; }

    /// <summary>Each score's result.</summary>
    public required IReadOnlyList<OutlierScoreResult> Scores { get; init; }

    /// <summary>Evaluates every score.</summary>
    /// <param name="known">[n, K], of in-distribution rows.</param>
    /// <param name="labels">Their classes, none missing.</param>
    /// <param name="outliers">[m, K], of out-of-distribution rows.</param>
    /// <param name="areLogits">Whether they are logits, or logarithms of probabilities.</param>
    /// <param name="leastAccuracy">The minimum accuracy on in-distribution rows, or null.</param>
    /// <param name="own">The model's own scorer, included where it scores features.</param>
    /// <param name="ownOfKnown">Its scores of the in-distribution rows.</param>
    /// <param name="ownOfOutliers">Its scores of the out-of-distribution rows.</param>
    public static OutlierResult Compute(
        Logits known,
        Labels labels,
        Logits outliers,
        bool areLogits,
        double? leastAccuracy,
        IOutlierScorer? own = null,
        double[]? ownOfKnown = null,
        double[]? ownOfOutliers = null)
    {
        var scores = new List<OutlierScoreResult>();
        bool[] isRight = [.. Enumerable.Range(0, known.Rows).Select(row => IsTop(known.Row(row), labels[row]))];
        foreach (LogitScore score in Enum.GetValues<LogitScore>().Where(score => areLogits || !OutlierScoreNames.NeedsLogits(score)))
        {
            LogitScorer scorer = LogitScorer.Fit(known, new() { Score = score });
            Add(OutlierScoreNames.NameOf(score), KnownScores(score, known), OutlierDetector.ScoreRows(scorer, outliers.Values));
        }

        if (own is not null && own.Input != OutlierInput.Logits)
            Add(OutlierScoreNames.NameOf(own), ownOfKnown!, ownOfOutliers!);

        return new OutlierResult { KnownRows = known.Rows, OutlierRows = outliers.Rows, LeastAccuracy = leastAccuracy, Scores = scores };

        void Add(string name, double[] ofKnown, double[] ofOutliers)
        {
            OutlierTradeoff tradeoff = OutlierTradeoff.Compute(ofKnown, isRight, ofOutliers);
            scores.Add(new(name, OutlierDetection.Compute(ofKnown, ofOutliers), tradeoff)
            {
                AtKnownAccuracy = leastAccuracy is { } least ? tradeoff.AtKnownAccuracy(least) : null,
            });
        }
    }

    /// <summary>The scores of the in-distribution rows. A score must not be fitted on the rows it is evaluated on, so each half is scored
    /// by a fit on the
    /// other half.</summary>
    private static double[] KnownScores(LogitScore score, Logits known)
    {
        var scores = new double[known.Rows];
        for (int half = 0; half < 2; half++)
        {
            int[] own = [.. Enumerable.Range(0, known.Rows).Where(row => row % 2 == half)],
                other = [.. Enumerable.Range(0, known.Rows).Where(row => row % 2 != half)];
            double[] part = OutlierDetector.ScoreRows(
                LogitScorer.Fit(known.Select(other.Length > 0 ? other : own), new() { Score = score }), known.Select(own).Values);
            for (int i = 0; i < own.Length; i++)
                scores[own[i]] = part[i];
        }

        return scores;
    }

    private static bool IsTop(ReadOnlySpan<double> row, int label)
    {
        for (int k = 0; k < row.Length; k++)
        {
            if (row[k] > row[label] || (row[k] == row[label] && k < label))
                return false;
        }

        return true;
    }
}
