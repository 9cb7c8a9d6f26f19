using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>The interval of the largest coverage at a risk. Bootstrap draws of it jump from one run of errors to another, so it is found
/// from exact binomial tests instead: at which coverages could the risk be the one allowed?</summary>
internal static class CoverageInterval
{
    private const double Tail = 0.025;

    /// <summary>From the largest coverage at which more risk than allowed is refuted, to the largest at which as little as allowed is not.
    /// Where as many rows as the metric
    /// covers could not refute the risk though all were right, the lower end is 0, which never is too high: the upper one has all 5 %, by
    /// mid-p values (H. Lancaster 1961), for exact tests of few rows are far from their level.</summary>
    /// <param name="rows">The rows, in the order of confidence.</param>
    /// <param name="risk">The share of errors that is allowed.</param>
    /// <param name="value">The metric, which the interval holds.</param>
    /// <param name="effective">The effective number of rows.</param>
    public static Interval Compute(SortedRows rows, double risk, double value, double effective)
    {
        double worth = effective / rows.Count, covered = rows.Count, errors = 0;
        for (int i = 0; i < rows.Count; i++)
            errors += rows.Correct[i] ? 0 : rows.Weights[i];

        bool isOneSided = Below(0, (int)Math.Round(value * effective), risk) > Tail;
        double low = 0, high = 0;
        for (int group = 0; group < rows.Groups.Cells && low == 0; group++)
        {
            int trials = (int)Math.Round(covered * worth), wrong = Math.Clamp((int)Math.Round(errors * worth), 0, trials);
            if (trials > 0)
            {
                double fewer = Below(wrong - 1, trials, risk), most = Below(wrong, trials, risk);
                if (high == 0 && (isOneSided ? 1 - ((fewer + most) / 2) >= 2 * Tail : 1 - fewer >= Tail))
                    high = covered / rows.Count;

                if (most <= Tail)
                    low = covered / rows.Count;
            }

            for (int i = rows.Groups.Start(group); i < rows.Groups.End(group); i++)
            {
                covered -= rows.Weights[i];
                errors -= rows.Correct[i] ? 0 : rows.Weights[i];
            }
        }

        return new Interval(Math.Clamp(Math.Min(low, value), 0, 1), Math.Clamp(Math.Max(high, value), 0, 1));
    }

    /// <summary>P(X ≤ k), without the work where it is 0 or 1 to any purpose here.</summary>
    private static double Below(int k, int trials, double risk)
    {
        double distance = k - (trials * risk), deviation = Math.Sqrt(trials * risk * (1 - risk)) + 1;
        return distance > 8 * deviation ? 1 : distance < -8 * deviation ? 0 : BinomialDistribution.Cdf(k, trials, risk);
    }
}
