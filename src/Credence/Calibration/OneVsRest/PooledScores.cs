namespace Credence.Calibration.OneVsRest;

/// <summary>Rows sorted by score, with rows of equal score pooled and their weights summed, so that ties have one value whatever their
/// order.</summary>
internal sealed record PooledScores(double[] Scores, double[] Hits, double[] Weights)
{
    /// <summary>Pools rows of equal score.</summary>
    /// <param name="scores">One score per row.</param>
    /// <param name="isClass">Whether the row is of the class.</param>
    /// <param name="weights">One weight per row; those of weight 0 are left out.</param>
    public static PooledScores Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isClass, ReadOnlySpan<double> weights)
    {
        double[] sorted = scores.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        List<double> x = [], hits = [], mass = [];
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;

            // Summed in the order of the rows, since the sort is not stable.
            Array.Sort(order, start, end - start);
            double hit = 0, weight = 0;
            for (int i = start; i < end; i++)
            {
                weight += weights[order[i]];
                hit += isClass[order[i]] ? weights[order[i]] : 0;
            }

            if (weight > 0)
            {
                x.Add(sorted[start]);
                hits.Add(hit);
                mass.Add(weight);
            }

            start = end;
        }

        return new PooledScores([.. x], [.. hits], [.. mass]);
    }

    /// <summary>Splits into at most a number of bins of about equal weight; ties stay in one bin.</summary>
    /// <returns>The first pool of each bin.</returns>
    public int[] EqualMass(int bins)
    {
        var starts = new List<int>();
        double total = Weights.Sum(), sum = 0;
        int bin = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            if (starts.Count == 0 || sum >= total * bin / bins)
            {
                starts.Add(i);
                bin = 1 + (int)Math.Min(bins - 1, Math.Floor(sum * bins / total));
            }

            sum += Weights[i];
        }

        return [.. starts];
    }
}
