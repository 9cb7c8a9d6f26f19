namespace Credence.Evaluation;

/// <summary>The 95 % interval of the value that a calibration error has in the population the rows come from.</summary>
/// <remarks>
/// The lower end is 0 just where the verdict is "cannot be told from calibrated". Else it is the larger of two bounds: the value less what
/// noise alone stays under in 95 of 100 samples (it adds at most its own norm; of a calibrated model, times how much more the rows' true
/// shares vary than stated), and the value less the bias that noise gives the gaps shrunken by what chance explains and 1.96 standard deviations. The upper end is the value less half the bias of the gaps as seen, which is
/// itself too small or too large by chance, and 1.96 standard deviations; never below the value, which so always lies inside.
/// </remarks>
internal static class CalibrationInterval
{
    /// <summary>The interval.</summary>
    /// <param name="value">The error.</param>
    /// <param name="low">Moves of the error by noise about the shrunken gaps.</param>
    /// <param name="high">Moves by noise about the gaps as seen.</param>
    /// <param name="total">The noise's sum: an error near 0 is folded there and moves less than it could; or empty.</param>
    /// <param name="sampling">The variance that comes from other rows having other confidences.</param>
    /// <param name="noise">How many times as far labels stray as the stated confidences let them.</param>
    /// <param name="calibrated">The error of a calibrated model.</param>
    public static Interval Of(
        double value, ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> total, double sampling, double noise, CalibratedNull? calibrated)
    {
        if (low.Length < 2 || calibrated is not { } none || double.IsNaN(value))
            return Interval.None;

        (double bias, double spread) = Moments(low);
        (double seen, double wide) = Moments(high);
        if (total.Length > 1)
            wide = Math.Max(wide, Moments(total).Deviation);

        double upper = Math.Max(value, value - (seen / 2) + (Interval.Normal * Math.Sqrt((wide * wide) + sampling)));
        double bound = value - bias - (Interval.Normal * Math.Sqrt((spread * spread) + sampling));
        double scaled = noise * none.P95, most = !(noise > 1) ? none.P95
            : double.IsInfinity(noise) ? value : Math.Sqrt((scaled * scaled) + (Interval.Normal * Interval.Normal * sampling));
        return new Interval(value > none.P95 ? Math.Min(value, Math.Max(bound, Math.Max(0, value - most))) : 0, Math.Min(1, upper));
    }

    /// <summary>The same of a squared error, which noise moves by its own square and by twice its product with the gaps: the triangle's inequality
    /// holds for its root.</summary>
    /// <param name="value">The error.</param>
    /// <param name="bias">What the noise adds on average; 0 of a debiased error.</param>
    /// <param name="low">Moves by noise about the shrunken gaps.</param>
    /// <param name="high">Moves by noise about the gaps as seen.</param>
    /// <param name="calibrated">The error of a calibrated model.</param>
    public static Interval OfSquare(double value, double bias, ReadOnlySpan<double> low, ReadOnlySpan<double> high, CalibratedNull? calibrated)
    {
        if (low.Length < 2 || calibrated is not { } none || double.IsNaN(value))
            return Interval.None;

        double spread = Interval.Normal * Moments(low).Deviation, wide = Interval.Normal * Moments(high).Deviation;
        return Tied(value, new Interval(value - bias - spread, value + wide), none);
    }

    /// <summary>The same of what recalibration takes off a mean score: near a square in how far the model is off, so its root is what varies evenly, also
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

    /// <summary>The same of a mean over pairs that is 0 of a calibrated model: every v from which the value is within 1.96 standard deviations of a
    /// sample, the variance being what pairs vary by and 4·v·τ², which grows with v as a square's does (as E. B. Wilson 1927 of a share).</summary>
    /// <param name="value">The error; below 0 by chance alone.</param>
    /// <param name="between">The variance that comes of rows that differ in the mean of their pairs.</param>
    /// <param name="within">The variance that comes of the pairs themselves.</param>
    /// <param name="calibrated">The error of a calibrated model.</param>
    public static Interval OfPairs(double value, double between, double within, CalibratedNull? calibrated)
    {
        if (!double.IsFinite(value) || calibrated is not { } none)
            return Interval.None;

        // Near 0 the rows don't tell τ², which the pairs let be from 0 to σ/√2: its middle counts as much as half a σ of error.
        double square = Interval.Normal * Interval.Normal, sigma = Math.Sqrt(within), seen = Math.Max(0, value);
        double weight = sigma / 2, slope = ((between / 4) + (weight * sigma / Math.Sqrt(8))) / (seen + weight);
        if (!double.IsFinite(slope))
            return Tied(value, new Interval(seen, seen), none);

        double middle = seen + (2 * square * slope), half = Math.Sqrt(Math.Max(0, (middle * middle) - (seen * seen) + (square * within)));
        return Tied(value, new Interval(Math.Max(0, middle - half), Math.Max(none.P95, middle + half)), none);
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
