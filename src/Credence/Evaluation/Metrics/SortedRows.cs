using Credence.Data.Scores;

namespace Credence.Evaluation.Metrics;

/// <summary>The rows in the order of their confidence, least sure first; rows of equal confidence form a group, which no figure splits.</summary>
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
        LogLoss = Ordered(scored.LogLoss);
        Brier = Ordered(scored.Brier);
        Spherical = Ordered(scored.Spherical);
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

    public double[] LogLoss { get; }

    public double[] Brier { get; }

    public double[] Spherical { get; }

    public int[] Truth { get; }

    public int[] Predicted { get; }

    public bool[] Correct { get; }

    /// <summary>The rows of each distinct confidence.</summary>
    public Partition Groups { get; }

    /// <summary>H(0) … H(n).</summary>
    public double[] Harmonics { get; }

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
