using Credence.Evaluation.Intervals;
using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The 95 % interval of a norm of gaps, which noise makes larger than it is: every share f of the value seen at which gaps of that
/// size with noise have a norm that is 1.96 standard deviations of the draws from the value at most.</summary>
/// <remarks>
/// The effect of noise depends on how uneven the gaps are, which the rows determine only roughly: the lower end assumes gaps as uneven as
/// is likely, the upper one
/// gaps as even as is likely. The interval contains the observed value; where noise alone makes that so large that even the upper bound is
/// below it, the interval
/// hardly ever ends too low, so the lower end is one that is too high in 5 samples of 100.
/// </remarks>
internal static class MatchedInterval
{
    // Standard normal quantile of 0.95.
    private const double OneSided = 1.6448536269514722;

    /// <summary>The interval.</summary>
    /// <param name="value">The error.</param>
    /// <param name="low">A draw's norms at <see cref="ScaledGaps.Shares"/>, of uneven gaps.</param>
    /// <param name="high">The same of even ones.</param>
    /// <param name="sampling">The variance of the error due to the sampling of the confidences.</param>
    /// <param name="noise">The ratio of the labels' standard deviation to the one that the confidences imply.</param>
    /// <param name="calibrated">The error of a calibrated model.</param>
    public static Interval Compute(double value, double[][] low, double[][] high, double sampling, double noise, CalibratedNull? calibrated)
    {
        if (low.Length < 2 || calibrated is not { } none || double.IsNaN(value))
            return Interval.None;

        double most = Share(value, high, sampling, -Interval.Normal),
            least = Share(value, low, sampling, most > 1 ? Interval.Normal : OneSided);
        return CalibrationInterval.Around(value, value * least, value * most, sampling, noise, none);
    }

    /// <summary>The f at which the norm's mean plus a number of standard deviations equals the value, extrapolated linearly beyond the last
    /// one.</summary>
    private static double Share(double value, double[][] draws, double sampling, double deviations)
    {
        ReadOnlySpan<double> shares = ScaledGaps.Shares;
        double before = double.NaN;
        for (int i = 0; i < shares.Length; i++)
        {
            double mean = 0, square = 0;
            foreach (double[] norms in draws)
                mean += norms[i] / draws.Length;
            foreach (double[] norms in draws)
                square += (norms[i] - mean) * (norms[i] - mean);

            double variance = (square / (draws.Length - 1)) + (shares[i] * shares[i] * sampling);
            double over = mean + (deviations * Math.Sqrt(variance)) - value;
            if (i == 0 && over >= 0)
                return 0;

            if (i > 0 && (over >= 0 || i == shares.Length - 1))
                return over > before ? shares[i - 1] - ((shares[i] - shares[i - 1]) * before / (over - before)) : 1;

            before = over;
        }

        return 1;
    }
}
