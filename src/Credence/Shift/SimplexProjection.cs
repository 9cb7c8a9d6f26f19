namespace Credence.Shift;

/// <summary>The distribution nearest to a vector in Euclidean distance (J. Duchi and others, Efficient Projections onto the ℓ1-Ball for
/// Learning in High Dimensions, 2008).</summary>
internal static class SimplexProjection
{
    /// <summary>max(v − τ, 0) with τ such that it sums to 1.</summary>
    public static double[] Project(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double sum = 0, threshold = 0;
        for (int count = 1; count <= sorted.Length; count++)
        {
            double next = sorted[^count];
            sum += next;
            if (next <= (sum - 1) / count)
                break;

            threshold = (sum - 1) / count;
        }

        var nearest = new double[values.Length];
        for (int k = 0; k < nearest.Length; k++)
            nearest[k] = Math.Max(0, values[k] - threshold);

        return nearest;
    }
}
