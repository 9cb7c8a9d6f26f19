using Credence.Numerics;

namespace Credence.Evaluation.Intervals;

/// <summary>The bootstrap: rows drawn with replacement (B. Efron 1979).</summary>
internal static class Bootstrap
{
    private const long MostRowDraws = 200_000_000;
    private const int FewestDraws = 200;

    /// <summary>The number of draws for a number of rows.</summary>
    public static int Count(int rows, int draws) => (int)Math.Min(draws, Math.Max(FewestDraws, MostRowDraws / rows));

    /// <summary>The weights of one draw: how often each row was drawn, times its own weight, scaled to mean one.</summary>
    public static void Weigh(ReadOnlySpan<double> own, Rng rng, Span<double> weights)
    {
        int n = weights.Length;
        weights.Clear();
        double total = 0;
        while (!(total > 0))
        {
            for (int i = 0; i < n; i++)
            {
                int row = rng.NextInt(n);
                weights[row] += own[row];
                total += own[row];
            }
        }

        // Where all weights are one the sum is n, and nothing is to be scaled.
        if (total == n)
            return;

        for (int i = 0; i < n; i++)
            weights[i] *= n / total;
    }
}
