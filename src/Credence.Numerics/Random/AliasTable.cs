namespace Credence.Numerics;

/// <summary>A discrete distribution with draws in constant time for any number of outcomes.</summary>
/// <remarks>
/// A. Walker's alias method, built in linear time (M. Vose, A Linear Algorithm for Generating Random Numbers with a Given Distribution,
/// 1991): each of n equally likely columns holds an outcome and an alias for the remaining probability.
/// </remarks>
public sealed class AliasTable
{
    private readonly double[] shares;
    private readonly int[] aliases;

    /// <summary>Builds the table.</summary>
    /// <param name="weights">One per outcome, proportional to its probability: not negative, finite, with a positive and finite
    /// sum.</param>
    /// <exception cref="ArgumentException">There is no weight, one is negative or not finite, or their sum is not positive and
    /// finite.</exception>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || double.IsInfinity(weights[i]))
                throw new ArgumentException($"Weight {i} is {weights[i]}; weights must be finite and not negative.", nameof(weights));
            sum += weights[i];
        }

        if (!(sum > 0) || double.IsInfinity(sum))
            throw new ArgumentException($"The {weights.Length} weights sum to {sum}; the sum must be positive and finite.",
                nameof(weights));

        int n = weights.Length;
        (shares, aliases) = (new double[n], new int[n]);

        // Columns below the average from the front, those above from the back.
        var order = new int[n];
        int small = 0, large = n;
        for (int i = 0; i < n; i++)
        {
            shares[i] = weights[i] / sum * n;
            aliases[i] = i;
            order[shares[i] < 1 ? small++ : --large] = i;
        }

        while (small > 0 && large < n)
        {
            int low = order[--small], high = order[large];
            aliases[low] = high;
            shares[high] = shares[high] + shares[low] - 1;
            if (shares[high] < 1)
            {
                order[small++] = high;
                large++;
            }
        }

        // The remaining columns have average weight up to rounding.
        while (small > 0)
            shares[order[--small]] = 1;
        while (large < n)
            shares[order[large++]] = 1;
    }

    /// <summary>The number of outcomes.</summary>
    public int Count => shares.Length;

    /// <summary>Draws an outcome, from 0 to <see cref="Count"/> − 1.</summary>
    /// <param name="rng">The generator: it draws an integer and then a fraction.</param>
    public int Next(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        int column = rng.NextInt(shares.Length);
        return rng.NextDouble() < shares[column] ? column : aliases[column];
    }

    /// <summary>Fills a span with the results of as many calls of <see cref="Next"/>.</summary>
    public void Fill(Rng rng, Span<int> outcomes)
    {
        for (int i = 0; i < outcomes.Length; i++)
            outcomes[i] = Next(rng);
    }

    /// <summary>The probability of an outcome, as stored in the table.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outcome"/> is not from 0 to <see cref="Count"/> − 1.</exception>
    public double Probability(int outcome)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outcome);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(outcome, shares.Length);
        double share = 0;
        for (int column = 0; column < shares.Length; column++)
        {
            if (column == outcome)
                share += shares[column];
            if (aliases[column] == outcome && column != outcome)
                share += 1 - shares[column];
        }

        return share / shares.Length;
    }
}
