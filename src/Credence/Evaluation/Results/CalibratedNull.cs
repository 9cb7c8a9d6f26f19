namespace Credence.Evaluation.Results;

/// <summary>The distribution of a metric for a calibrated model: labels drawn from the probabilities, on the same rows and
/// weights.</summary>
/// <param name="Mean">The mean over the draws.</param>
/// <param name="P95">What it stays at or under in at least 95 of 100 draws: of N draws the ⌈0.95 N + 1.28 √(0.95·0.05 N)⌉-th smallest,
/// which is below the true 95 % point in one set of draws of ten. A calibrated model is above it with probability (N + 1 − rank) / (N + 1),
/// exactly (Barnard's Monte Carlo test, 1963): 3.5 % of 200 draws, never more than 5 %.</param>
/// <param name="Low">What it stays at or over in 97.5 of 100 draws.</param>
/// <param name="High">What it stays at or under in 97.5 of 100 draws: from Low to High it lies in 95 of 100.</param>
public readonly record struct CalibratedNull(double Mean, double P95, double Low, double High)
{
    // The standard normal quantile of 0.9.
    private const double NineOfTen = 1.2815515655446004;

    /// <summary>From draws; null where there are none or the metric is not defined in one.</summary>
    internal static CalibratedNull? Compute(double[] draws)
    {
        if (draws.Length == 0)
            return null;

        var values = (double[])draws.Clone();
        Array.Sort(values);
        if (double.IsNaN(values[0]))
            return null;

        double n = values.Length;
        int rank = (int)Math.Min(n, Math.Ceiling((0.95 * n) + (NineOfTen * Math.Sqrt(0.95 * 0.05 * n))));
        Interval middle = Interval.Percentiles(values);
        return new CalibratedNull(values.Average(), values[rank - 1], middle.Low, middle.High);
    }

    /// <summary>From a mean and a standard deviation, where the metric is a mean of many rows.</summary>
    internal static CalibratedNull Normal(double mean, double deviation, double most) => new(
        mean, Math.Min(most, mean + (1.6448536269514722 * deviation)),
            mean - (Interval.Normal * deviation), Math.Min(most, mean + (Interval.Normal * deviation)));
}
