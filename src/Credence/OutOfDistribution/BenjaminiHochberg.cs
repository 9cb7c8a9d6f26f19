namespace Credence.OutOfDistribution;

/// <summary>Tests many p-values at once so that, on average, at most a share q of those rejected are rejected wrongly (Benjamini and
/// Hochberg 1995; for conformal p-values that share calibration rows, Bates and others 2023).</summary>
public static class BenjaminiHochberg
{
    /// <summary>The rejected hypotheses: those up to the largest p₍ᵢ₎ ≤ q·i/m.</summary>
    /// <param name="pValues">m p-values; NaN is never rejected.</param>
    /// <param name="falseDiscoveryRate">q, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">q is outside its range.</exception>
    public static bool[] Reject(ReadOnlySpan<double> pValues, double falseDiscoveryRate)
    {
        if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1))
            throw new ArgumentException($"'{nameof(falseDiscoveryRate)}' is {falseDiscoveryRate}, must be above 0 and below 1.",
                nameof(falseDiscoveryRate));

        double[] sorted = pValues.ToArray();
        for (int i = 0; i < sorted.Length; i++)
        {
            if (double.IsNaN(sorted[i]))
                sorted[i] = 2;
        }

        Array.Sort(sorted);
        double largest = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i] <= falseDiscoveryRate * (i + 1) / sorted.Length)
                largest = sorted[i];
        }

        var rejected = new bool[pValues.Length];
        for (int i = 0; i < rejected.Length; i++)
            rejected[i] = pValues[i] <= largest;

        return rejected;
    }
}
