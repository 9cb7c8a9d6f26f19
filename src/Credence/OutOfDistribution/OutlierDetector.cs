using System.Text.Json.Nodes;
using Credence.Conformal;
using Credence.Persistence;

namespace Credence.OutOfDistribution;

/// <summary>Turns an outlier score into a p-value against held-out in-distribution rows, and into a test whose false-alarm
/// rate is chosen (conformal anomaly detection; Laxhammar and Falkman 2010, Bates and others 2023).</summary>
public sealed class OutlierDetector
{
    private readonly double[] scores;

    private OutlierDetector(IOutlierScorer scorer, double[] scores)
    {
        Scorer = scorer;
        this.scores = scores;
    }

    /// <summary>The scorer.</summary>
    public IOutlierScorer Scorer { get; }

    /// <summary>n, the held-out in-distribution rows.</summary>
    public int Rows => scores.Length;

    /// <summary>The smallest possible p-value, 1/(n+1).</summary>
    public double LeastPValue => 1 / (Rows + 1.0);

    /// <summary>Why no row can be flagged at a false-alarm rate: a p-value is at least 1/(n+1), so the rate needs n + 1 ≥ 1/rate reference
    /// rows; null where the rows suffice.</summary>
    /// <param name="falseAlarmRate">Above 0 and below 1.</param>
    public string? TooFewRowsFor(double falseAlarmRate) => LeastPValue <= falseAlarmRate ? null
        : $"no row can be flagged as out-of-distribution at a rate of {falseAlarmRate}: with {Rows} reference rows a p-value is at least "
            + $"{LeastPValue:0.####}; the rate needs {ConformalRank.RowsNeeded(falseAlarmRate)} reference rows";

    /// <summary>Scores in-distribution rows that the scorer was not fitted on.</summary>
    /// <param name="scorer">The scorer.</param>
    /// <param name="rows">[n, columns], row-major: logits or features, as the scorer takes.</param>
    /// <exception cref="ArgumentException">There are no whole rows, or one's score is NaN.</exception>
    public static OutlierDetector Fit(IOutlierScorer scorer, ReadOnlySpan<double> rows)
    {
        if (rows.IsEmpty || rows.Length % scorer.Columns != 0)
            throw new ArgumentException($"'{nameof(rows)}' has length {rows.Length}, needs at least one row of {scorer.Columns}.",
                nameof(rows));

        return OfScores(scorer, ScoreRows(scorer, rows));
    }

    /// <summary>Takes the scores of in-distribution rows that the scorer was not fitted on.</summary>
    /// <param name="scorer">The scorer.</param>
    /// <param name="scores">The outlier score of each of them, at least one.</param>
    /// <exception cref="ArgumentException">There are none, or one is NaN.</exception>
    public static OutlierDetector OfScores(IOutlierScorer scorer, ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        int bad = Array.FindIndex(sorted, double.IsNaN);
        if (bad >= 0 || sorted.Length == 0)
            throw new ArgumentException(bad >= 0 ? $"Row {bad} has no score: one of its numbers is NaN."
                : "There are no scores.", nameof(scores));

        Array.Sort(sorted);
        return new OutlierDetector(scorer, sorted);
    }

    /// <summary>The outlier score of each row.</summary>
    public static double[] ScoreRows(IOutlierScorer scorer, ReadOnlySpan<double> rows)
    {
        var scores = new double[rows.Length / scorer.Columns];
        for (int row = 0; row < scores.Length; row++)
            scores[row] = scorer.Score(rows.Slice(row * scorer.Columns, scorer.Columns));

        return scores;
    }

    /// <summary>(1 + #{sᵢ ≥ s})/(n+1): for in-distribution rows at most α with probability at most α. A row without a score, with a NaN,
    /// has
    /// the least p-value.</summary>
    /// <param name="row">A row's logits or features.</param>
    public double PValue(ReadOnlySpan<double> row) => PValueOf(Scorer.Score(row));

    /// <summary>The p-value of a row of this outlier score.</summary>
    /// <param name="score">The row's outlier score.</param>
    public double PValueOf(double score)
    {
        if (double.IsNaN(score))
            return LeastPValue;

        int low = 0;
        int high = scores.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (scores[middle] < score)
                low = middle + 1;
            else
                high = middle;
        }

        return (1.0 + scores.Length - low) / (scores.Length + 1.0);
    }

    /// <summary>The threshold above which a row is flagged, so that at most a share α of in-distribution rows is: the score of rank
    /// ⌈(n+1)(1−α)⌉, or +∞, which flags no row, where n is too small for α.</summary>
    /// <exception cref="ArgumentException"><paramref name="falseAlarmRate"/> is not above 0 and below 1.</exception>
    public double Threshold(double falseAlarmRate)
    {
        int rank = ConformalRank.Compute(Rows, falseAlarmRate);
        return rank <= Rows ? scores[rank - 1] : double.PositiveInfinity;
    }

    /// <summary>Serializes it.</summary>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "scores", scores);
        return new JsonObject { ["rows"] = Rows, ["scorer"] = Scorer.Save(tensors, prefix + "scorer.") };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or out of range.</exception>
    public static OutlierDetector Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        double[] scores = tensors.Get<double>(prefix + "scores", saved.Integer("rows", 1));
        for (int i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i]) || (i > 0 && scores[i] < scores[i - 1]))
                throw new InvalidDataException($"Tensor '{prefix}scores' is not ascending at {i}.");
        }

        return new OutlierDetector(OutlierScorers.Load(saved.Object("scorer"), tensors, prefix + "scorer."), scores);
    }
}
