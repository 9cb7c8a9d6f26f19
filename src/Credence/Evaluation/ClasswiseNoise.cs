namespace Credence.Evaluation;

/// <summary>How far chance moves the classwise calibration error: the noise of drawn labels, scaled in each cell to the variance of the labels
/// that were seen there, added to the gaps.</summary>
internal sealed class ClasswiseNoise
{
    private readonly double[] gaps;
    private readonly double[] shrunken;
    private readonly double[] scale;
    private readonly double atGaps;
    private readonly double atShrunken;
    private readonly int classes;

    /// <param name="classwise">What was expected in each cell.</param>
    /// <param name="gaps">The gaps that were seen.</param>
    /// <param name="rows">n, or with weights how many of equal weight would tell as much.</param>
    /// <param name="classes">K.</param>
    public ClasswiseNoise(ClasswiseCalibrationError classwise, double[] gaps, double rows, int classes)
    {
        this.gaps = gaps;
        this.classes = classes;
        var errors = new double[gaps.Length];
        scale = new double[gaps.Length];
        for (int cell = 0; cell < gaps.Length; cell++)
        {
            double weight = classwise.Weights[cell];
            if (!(weight > 0))
                continue;

            double p = classwise.Expected[cell] / weight, count = weight * rows;
            double seen = ((count * (p - (gaps[cell] / weight))) + p) / (count + 1);
            seen = Math.Clamp(seen, 0, 1);
            double variance = seen * (1 - seen), assumed = p * (1 - p);
            scale[cell] = assumed > 0 ? Math.Clamp(Math.Sqrt(variance / assumed), 0.25, 4) : 0;
            errors[cell] = Math.Sqrt(count * variance) / rows;
        }

        shrunken = GapShrinkage.Of(gaps, errors);
        atGaps = BinnedCalibrationError.Expected(gaps) / classes;
        atShrunken = BinnedCalibrationError.Expected(shrunken) / classes;
    }

    /// <summary>How far a draw's gaps move the error of the shrunken gaps, and of the gaps as seen.</summary>
    public (double Low, double High) Of(ReadOnlySpan<double> drawn)
    {
        double low = 0, high = 0;
        for (int cell = 0; cell < gaps.Length; cell++)
        {
            double noise = scale[cell] * drawn[cell];
            low += Math.Abs(shrunken[cell] + noise);
            high += Math.Abs(gaps[cell] + noise);
        }

        return ((low / classes) - atShrunken, (high / classes) - atGaps);
    }
}
