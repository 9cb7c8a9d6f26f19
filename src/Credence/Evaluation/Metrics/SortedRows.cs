using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The rows in the order of their confidence, least confident first; rows of equal confidence form a group, which no metric
/// splits.</summary>
internal sealed class SortedRows
{
    public SortedRows(ScoredRows scored)
    {
        int n = scored.Count;
        Rows = new int[n];
        for (int i = 0; i < n; i++)
            Rows[i] = i;

        Confidence = (double[])scored.Confidence.Clone();
        Array.Sort(Confidence, Rows);
        Weights = Ordered(scored.Weights);
        Scores = [.. scored.Scores.Select(Ordered)];
        Truth = Ordered(scored.Truth);
        Predicted = Ordered(scored.Predicted);
        Correct = new bool[n];
        for (int i = 0; i < n; i++)
            Correct[i] = Truth[i] == Predicted[i];
        Groups = Partition.Distinct(Confidence);
        Harmonics = HarmonicNumber.Table(n);
    }

    public int Count => Rows.Length;

    /// <summary>The row at each place.</summary>
    public int[] Rows { get; }

    /// <summary>Ascending.</summary>
    public double[] Confidence { get; }

    /// <summary>Mean one.</summary>
    public double[] Weights { get; }

    /// <summary>A column for each of <see cref="MetricCatalog.Scores"/>.</summary>
    public double[][] Scores { get; }

    public double[] LogLoss => Score(MetricName.LogLoss);

    public double[] Brier => Score(MetricName.Brier);

    public int[] Truth { get; }

    public int[] Predicted { get; }

    public bool[] Correct { get; }

    /// <summary>The rows of each distinct confidence.</summary>
    public Partition Groups { get; }

    /// <summary>H(0) … H(n).</summary>
    public double[] Harmonics { get; }

    /// <summary>The column of a metric that is a mean of scores.</summary>
    public double[] Score(string name) => Scores[MetricCatalog.IndexOf(MetricCatalog.Scores, name)];

    /// <summary>What each row adds to the gap between confidence and accuracy: w·(confidence − correct) / n.</summary>
    /// <param name="correct">Whether each was right.</param>
    /// <param name="gaps">n values.</param>
    public void Gaps(ReadOnlySpan<bool> correct, Span<double> gaps)
    {
        double scale = 1.0 / Count;
        for (int i = 0; i < gaps.Length; i++)
            gaps[i] = Weights[i] * (Confidence[i] - (correct[i] ? 1 : 0)) * scale;
    }

    /// <summary>A column of the rows in this order.</summary>
    public T[] Ordered<T>(T[] column)
    {
        var ordered = new T[Rows.Length];
        for (int i = 0; i < ordered.Length; i++)
            ordered[i] = column[Rows[i]];
        return ordered;
    }
}
