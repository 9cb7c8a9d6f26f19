namespace Credence.Numerics;

/// <summary>The number of successes in n independent trials of one probability: exact tails and exact (Clopper–Pearson) bounds.</summary>
public static class BinomialDistribution
{
    /// <summary>P(X ≤ k) for X ~ Binomial(n, p).</summary>
    /// <param name="k">Successes.</param>
    /// <param name="n">Trials, 0 or more.</param>
    /// <param name="p">From 0 to 1.</param>
    public static double Cdf(int k, int n, double p) => k < 0 ? 0 : k >= n ? 1 : BetaDistribution.Cdf(1 - p, n - k, k + 1.0);

    /// <summary>The largest p at which k or fewer successes have probability δ: an upper confidence bound on p that holds with
    /// probability at least 1 − δ (Clopper and Pearson 1934).</summary>
    /// <param name="k">Successes, 0 to n.</param>
    /// <param name="n">Trials; 0 gives 1.</param>
    /// <param name="delta">The probability with which the bound may fail.</param>
    public static double UpperBound(int k, int n, double delta) => k >= n ? 1 : BetaDistribution.Quantile(1 - delta, k + 1.0, n - k);

    /// <summary>The matching lower bound.</summary>
    /// <param name="k">Successes, 0 to n.</param>
    /// <param name="n">Trials; 0 gives 0.</param>
    /// <param name="delta">The probability with which the bound may fail.</param>
    public static double LowerBound(int k, int n, double delta) => k <= 0 ? 0 : BetaDistribution.Quantile(delta, k, n - k + 1.0);
}
