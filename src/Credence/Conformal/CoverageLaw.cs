using Credence.Numerics;

namespace Credence.Conformal;

/// <summary>The distribution of the coverage given n calibration rows. It is random, because the rows are:
/// Beta(k, n+1−k) for scores without ties, and never less with them (Vovk 2012).</summary>
/// <param name="Rows">n, the calibration rows.</param>
/// <param name="Rank">k, the rank of the quantile among them.</param>
public sealed record CoverageLaw(int Rows, int Rank)
{
    /// <summary>The mean coverage, k/(n+1), at least 1−α.</summary>
    public double Mean => Rank / (Rows + 1.0);

    /// <summary>The standard deviation of the coverage over all future rows.</summary>
    public double StandardDeviation => Math.Sqrt(Mean * (1 - Mean) / (Rows + 2.0));

    /// <summary>The standard deviation of the coverage measured on some test rows, whose own sampling adds to it (beta-binomial).</summary>
    /// <param name="testRows">The number of test rows.</param>
    public double StandardDeviationOn(int testRows) =>
        Math.Sqrt(Mean * (1 - Mean) * (Rows + 1.0 + testRows) / ((Rows + 2.0) * testRows));

    /// <summary>The coverage below which the share <paramref name="probability"/> of all draws of n calibration rows falls; 1 where there
    /// are too few rows and every class is in every set.</summary>
    public double Quantile(double probability) => Rank > Rows ? 1 : BetaDistribution.Quantile(probability, Rank, Rows + 1 - Rank);

    /// <summary>The central range of the coverage measured on some test rows (beta-binomial): the covered rows X of m have
    /// P(X = x) ∝ C(m, x)·B(x + k, m − x + n + 1 − k), and at most a share α/2 lies below the range and above it.</summary>
    /// <param name="testRows">m, at least 1.</param>
    /// <param name="outside">α, the share outside the range.</param>
    public (double Low, double High) RangeOn(int testRows, double outside = 0.05)
    {
        if (Rank > Rows)
            return (1, 1);

        // Each probability from its neighbour, outwards from near the mode until what is left is below rounding.
        double a = Rank, b = Rows + 1 - Rank;
        int middle = (int)Math.Min(testRows, Math.Round(Mean * testRows));
        List<double> below = Walk(middle, -1), above = Walk(middle, 1);
        double total = 1 + below.Sum() + above.Sum();
        return ((double)(middle - Steps(below)) / testRows, (double)(middle + Steps(above)) / testRows);

        List<double> Walk(int from, int step)
        {
            var weights = new List<double>();
            double weight = 1;
            for (int x = from; step > 0 ? x < testRows : x > 0; x += step)
            {
                double up = step > 0 ? x : x - 1;
                double ratio = (testRows - up) / (up + 1) * (up + a) / (testRows - up - 1 + b);
                weight *= step > 0 ? ratio : 1 / ratio;
                if (weight < 1e-18)
                    break;

                weights.Add(weight);
            }

            return weights;
        }

        // How far the range reaches on one side: the first place beyond which at most half of the share outside is left.
        int Steps(List<double> side)
        {
            double left = side.Sum();
            int steps = 0;
            while (steps < side.Count && left > outside / 2 * total)
                left -= side[steps++];

            return steps;
        }
    }

    /// <summary>The range of the coverage over several parts, each with its own law and as frequent among the test rows as among the
    /// calibration rows: exact for one part, by the normal distribution for several.</summary>
    /// <param name="laws">A law a part, at least one.</param>
    /// <param name="testRows">The number of test rows, at least 1.</param>
    public static (double Low, double High) RangeOf(IReadOnlyList<CoverageLaw> laws, int testRows)
    {
        ArgumentNullException.ThrowIfNull(laws);
        if (laws.Count == 1)
            return laws[0].RangeOn(testRows);

        double rows = Math.Max(1, laws.Sum(law => (double)law.Rows)), mean = 0, variance = 0;
        foreach (CoverageLaw law in laws)
        {
            double share = law.Rows / rows;
            mean += share * law.Mean;
            variance += (share * share * law.StandardDeviation * law.StandardDeviation) + (share * law.Mean * (1 - law.Mean) / testRows);
        }

        double reach = 1.959963984540054 * Math.Sqrt(variance);
        return (Math.Max(0, mean - reach), Math.Min(1, mean + reach));
    }

    /// <summary>The 5 % and 95 % points: in 90 % of calibrations the coverage lies between them.</summary>
    public (double Low, double High) Range => (Quantile(0.05), Quantile(0.95));
}
