using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;

namespace Credence.Evaluation.Intervals;

/// <summary>The 95 % interval of a calibration error in the population of the rows.</summary>
/// <remarks>
/// The lower end is 0 just where the verdict is "no miscalibration detected". Else it is the larger of two bounds: the value less what
/// noise alone stays under in 95 of 100 samples (it adds at most its own norm; of a calibrated model, times how much more the rows' true
/// shares vary than stated), and the value less the bias that noise gives the error shrunken by what chance explains and 1.96 standard
/// deviations. The upper end is the value less half the bias of the error as seen, which is itself too small or too large by chance, and
/// 1.96 standard deviations; never below the value, which so always lies inside. Norms of bins' gaps have a <see cref="MatchedInterval"/>.
/// </remarks>
internal static class CalibrationInterval
{
    /// <summary>The interval.</summary>
    /// <param name="value">The error.</param>
    /// <param name="low">Moves of the error by noise about the shrunken gaps.</param>
    /// <param name="high">Moves by noise about the gaps as seen.</param>
    /// <param name="total">The noise's sum: an error near 0 is folded there and moves less than it could; or empty.</param>
    /// <param name="sampling">The variance due to the sampling of the confidences.</param>
    /// <param name="noise">The ratio of the labels' standard deviation to the one that the confidences imply.</param>
    /// <param name="calibrated">The error of a calibrated model.</param>
    public static Interval Compute(
        double value, ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> total, double sampling, double noise,
            CalibratedNull? calibrated)
    {
        if (low.Length < 2 || calibrated is not { } none || double.IsNaN(value))
            return Interval.None;

        (double bias, double spread) = Moments(low);
        (double seen, double wide) = Moments(high);
        if (total.Length > 1)
            wide = Math.Max(wide, Moments(total).Deviation);

        double upper = value - (seen / 2) + (Interval.Normal * Math.Sqrt((wide * wide) + sampling));
        return Around(value, value - bias - (Interval.Normal * Math.Sqrt((spread * spread) + sampling)), upper, sampling, noise, none);
    }

    /// <summary>Bounds as an interval that holds the value, and 0 just where the verdict has nothing against it. Noise adds at most its own
    /// norm, which bounds an error from below as well.</summary>
    public static Interval Around(double value, double least, double most, double sampling, double noise, CalibratedNull none)
    {
        double scaled = noise * none.P95, added = !(noise > 1) ? none.P95
            : double.IsInfinity(noise) ? value : Math.Sqrt((scaled * scaled) + (Interval.Normal * Interval.Normal * sampling));
        return new Interval(value > none.P95 ? Math.Min(value, Math.Max(least, Math.Max(0, value - added)))
            : 0, Math.Min(1, Math.Max(value, most)));
    }

    /// <summary>The same of a squared error, whose variance grows with it as a square's does: every v from which the value less its bias is
    /// within 1.96 standard deviations of a sample.</summary>
    /// <param name="value">The error.</param>
    /// <param name="drawn">The errors of a calibrated model; their mean is the bias.</param>
    /// <param name="moves">How far noise moves the error, or the errors with that noise, were the truth as it seems.</param>
    /// <param name="seen">The error that the truth as it seems has.</param>
    /// <param name="noise">The ratio of the labels' standard deviation to the one that the confidences imply; the bias of a biased error
    /// grows with it.</param>
    /// <param name="calibrated">The error of a calibrated model.</param>
    public static Interval OfSquare(
        double value, ReadOnlySpan<double> drawn, ReadOnlySpan<double> moves, double seen, double noise, CalibratedNull? calibrated)
    {
        if (moves.Length < 2 || calibrated is not { } none || double.IsNaN(value))
            return Interval.None;

        (double bias, double spread) = Moments(drawn);
        double wide = Moments(moves).Deviation, more = double.IsFinite(noise) ? Math.Max(1, noise) : 1;
        double slope = seen > 0 ? Math.Max(0, (wide * wide) - (spread * spread)) / seen : 0;
        double least = Within(value - (more * bias), more * more * spread * spread, slope).Low;
        return Tied(value, new Interval(least, Within(value - bias, spread * spread, slope).High), none);
    }

    /// <summary>The same for the reduction of a mean score by recalibration: it is nearly quadratic in the miscalibration, so its root has
    /// constant variance, also
    /// near 0.</summary>
    /// <param name="value">The gain.</param>
    /// <param name="error">Its standard error.</param>
    /// <param name="calibrated">The gain of a calibrated model.</param>
    public static Interval OfGain(double value, double error, CalibratedNull? calibrated)
    {
        if (!double.IsFinite(value) || !double.IsFinite(error) || calibrated is not { } none)
            return Interval.None;

        double root = Math.Sqrt(Math.Max(0, value)), half = root > 0 ? Interval.Normal * error / (2 * root) : 0, low = root - half;
        var plain = new Interval(low * low, Math.Max(none.P95, (root + half) * (root + half)));
        return low > 0 && value > none.P95 ? plain : Tied(value, plain with { Low = 0 }, none);
    }

    /// <summary>The same of a mean over pairs that is 0 of a calibrated model: every v from which the value is within 1.96 standard
    /// deviations of a sample, the variance being what pairs vary by and 4·v·τ², which grows with v as a square's does (as E. B. Wilson
    /// 1927 of a share).</summary>
    /// <param name="value">The error; below 0 by chance alone.</param>
    /// <param name="between">The variance between rows, in the mean of their pairs.</param>
    /// <param name="within">The variance within the pairs.</param>
    /// <param name="calibrated">The error of a calibrated model.</param>
    public static Interval OfPairs(double value, double between, double within, CalibratedNull? calibrated)
    {
        if (!double.IsFinite(value) || calibrated is not { } none)
            return Interval.None;

        // Near 0 the rows don't determine τ², which the pairs bound by 0 and σ/√2; the midpoint is used.
        double sigma = Math.Sqrt(within), seen = Math.Max(0, value);
        double weight = sigma / 2, slope = ((between / 4) + (weight * sigma / Math.Sqrt(8))) / (seen + weight);
        if (!double.IsFinite(slope))
            return Tied(value, new Interval(seen, seen), none);

        Interval plain = Within(seen, within, 4 * slope);
        return Tied(value, new Interval(Math.Max(0, plain.Low), Math.Max(none.P95, plain.High)), none);
    }

    /// <summary>Every v from which what was seen is 1.96 standard deviations at most, where the variance is that at 0 and so much for each
    /// v.</summary>
    private static Interval Within(double seen, double variance, double slope)
    {
        double square = Interval.Normal * Interval.Normal, middle = seen + (square * slope / 2);
        double half = Math.Sqrt(Math.Max(0, (middle * middle) - (seen * seen) + (square * variance)));
        return new Interval(middle - half, middle + half);
    }

    /// <summary>The same of a squared error whose interval some other way gave.</summary>
    public static Interval Tied(double value, Interval plain, CalibratedNull? calibrated)
    {
        if (calibrated is not { } none || !plain.IsKnown || double.IsNaN(value))
            return Interval.None;

        double root = Math.Sqrt(Math.Max(0, value)) - Math.Sqrt(Math.Max(0, none.P95));
        double low = value > none.P95 ? Math.Min(value, Math.Max(plain.Low, root * root)) : Math.Min(0, value);
        return new Interval(low, Math.Max(Math.Max(0, value), plain.High));
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> moves)
    {
        double mean = 0, square = 0;
        foreach (double move in moves)
            mean += move / moves.Length;
        foreach (double move in moves)
            square += (move - mean) * (move - mean);
        return (mean, Math.Sqrt(square / (moves.Length - 1)));
    }
}
