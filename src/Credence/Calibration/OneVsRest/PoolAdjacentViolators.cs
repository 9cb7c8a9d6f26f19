namespace Credence.Calibration.OneVsRest;

/// <summary>The least-squares monotone fit, min Σ w(y − g)² over ascending g, by pooling adjacent violators
/// (M. Ayer and others, An Empirical Distribution Function for Sampling with Incomplete Information, 1955).</summary>
internal static class PoolAdjacentViolators
{
    /// <summary>The blocks of equal value.</summary>
    /// <returns>For each block its first pool, with the number of pools after the last; and its value.</returns>
    public static (int[] Starts, double[] Values) Fit(PooledScores pools)
    {
        int n = pools.Scores.Length, blocks = 0;
        var starts = new int[n + 1];
        var hits = new double[n];
        var weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            (starts[blocks], hits[blocks], weights[blocks]) = (i, pools.Hits[i], pools.Weights[i]);
            blocks++;

            // Compared without division: h₁/w₁ ≥ h₂/w₂.
            while (blocks > 1 && hits[blocks - 2] * weights[blocks - 1] >= hits[blocks - 1] * weights[blocks - 2])
            {
                hits[blocks - 2] += hits[blocks - 1];
                weights[blocks - 2] += weights[blocks - 1];
                blocks--;
            }
        }

        starts[blocks] = n;
        var values = new double[blocks];
        for (int b = 0; b < blocks; b++)
            values[b] = Math.Clamp(hits[b] / weights[b], b == 0 ? 0 : values[b - 1], 1);

        return (starts[..(blocks + 1)], values);
    }
}
