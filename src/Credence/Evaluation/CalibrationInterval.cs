namespace Credence.Evaluation;

/// <summary>The 95 % interval of the value that a calibration error has in the population the rows come from.</summary>
/// <remarks>
/// The lower end is 0 just where the verdict is "cannot be told from calibrated". Else it is the larger of two bounds: the value less what a
/// calibrated model stays under in 95 of 100 samples (noise adds at most its own norm), and the value less the bias that noise gives the gaps
/// shrunken by what chance explains and 1.96 standard deviations. The upper end is the value less half the bias of the gaps as seen, which is
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
    /// <param name="calibrated">The error of a calibrated model.</param>
    public static Interval Of(double value, ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> total, double sampling, CalibratedNull? calibrated)
    {
        if (low.Length < 2 || calibrated is not { } none || double.IsNaN(value))
            return Interval.None;

        (double bias, double spread) = Moments(low);
        (double seen, double wide) = Moments(high);
        if (total.Length > 1)
            wide = Math.Max(wide, Moments(total).Deviation);

        double upper = Math.Max(value, value - (seen / 2) + (Interval.Normal * Math.Sqrt((wide * wide) + sampling)));
        double bound = value - bias - (Interval.Normal * Math.Sqrt((spread * spread) + sampling));
        return new Interval(value > none.P95 ? Math.Min(value, Math.Max(bound, value - none.P95)) : 0, Math.Min(1, upper));
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

    /// <summary>The same of what recalibration takes off a mean score: near a square in how far the model is off, so its root is what varies evenly.</summary>
    /// <param name="value">The gain.</param>
    /// <param name="draws">Bootstrap draws of it, recalibrated as the data was.</param>
    /// <param name="calibrated">The gain of a calibrated model.</param>
    public static Interval OfGain(double value, ReadOnlySpan<double> draws, CalibratedNull? calibrated)
    {
        return draws.Length < 2 ? Interval.None : OfRoot(value, Moments(draws).Deviation, calibrated);
    }

    /// <summary>The same of a square whose standard error is known: its root varies evenly, also near 0.</summary>
    /// <param name="value">The square; below 0 it counts as 0.</param>
    /// <param name="error">Its standard error.</param>
    /// <param name="calibrated">The square of a calibrated model, up to whose 95 % point the upper end reaches at the least.</param>
    public static Interval OfRoot(double value, double error, CalibratedNull? calibrated)
    {
        if (!double.IsFinite(value) || calibrated is not { } none)
            return Interval.None;

        double root = Math.Sqrt(Math.Max(0, value)), half = root > 0 ? Interval.Normal * error / (2 * root) : 0, low = Math.Max(0, root - half);
        return Tied(value, new Interval(low * low, Math.Max(none.P95, (root + half) * (root + half))), none);
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

    /// <summary>A normal interval of what is no error, never below 0.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="bias">What it is too large by on average.</param>
    /// <param name="draws">Draws of it.</param>
    /// <param name="sampling">The variance that the draws lack.</param>
    public static Interval Normal(double value, double bias, ReadOnlySpan<double> draws, double sampling)
    {
        double deviation = Moments(draws).Deviation, half = Interval.Normal * Math.Sqrt((deviation * deviation) + sampling);
        return new Interval(Math.Max(0, value - bias - half), value + half);
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
