namespace Credence.Evaluation.Metrics;

/// <summary>The sampling noise of the classwise calibration error: the noise of drawn labels, scaled in each cell to the variance of the
/// labels
/// that were seen there, added to the gaps.</summary>
internal sealed class ClasswiseNoise
{
    // Few rows don't determine a cell's variance: the predicted one counts as this many rows.
    private const double StatedRows = 2;

    private readonly double[] scale;
    private readonly ScaledGaps low;
    private readonly ScaledGaps high;

    /// <param name="classwise">What was expected in each cell.</param>
    /// <param name="gaps">The gaps that were seen.</param>
    /// <param name="rows">n, or with weights the effective number of rows.</param>
    /// <param name="classes">K.</param>
    public ClasswiseNoise(ClasswiseCalibrationError classwise, double[] gaps, double rows, int classes)
    {
        var errors = new double[gaps.Length];
        scale = new double[gaps.Length];
        for (int cell = 0; cell < gaps.Length; cell++)
        {
            double weight = classwise.Weights[cell];
            if (!(weight > 0))
                continue;

            double p = classwise.Expected[cell] / weight, came = Math.Clamp(p - (gaps[cell] / weight), 0, 1);
            double count = weight * rows, stated = p * (1 - p), variance = ((count * came * (1 - came)) + (StatedRows * stated))
                / (count + StatedRows - 1);
            scale[cell] = stated > 0 ? Math.Sqrt(variance / stated) : 0;
            errors[cell] = Math.Sqrt(count * variance) / rows;
        }

        low = new ScaledGaps(GapProfile.Uneven(gaps, errors), gaps, classes);
        high = new ScaledGaps(gaps, gaps, classes);
    }

    /// <summary>The norms of uneven gaps and of the gaps as seen with the noise of a draw.</summary>
    public (double[] Low, double[] High) Of(ReadOnlySpan<double> drawn)
    {
        var noise = new double[drawn.Length];
        for (int cell = 0; cell < noise.Length; cell++)
            noise[cell] = scale[cell] * drawn[cell];
        return (low.With(noise), high.With(noise));
    }
}
