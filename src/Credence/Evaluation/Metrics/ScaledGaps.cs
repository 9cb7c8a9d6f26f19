namespace Credence.Evaluation.Metrics;

/// <summary>The norm Σ |f·gap + noise| / K of gaps that are a share f of what they seem.</summary>
internal sealed class ScaledGaps
{
    private readonly double[] gaps;
    private readonly double parts;

    /// <param name="profile">What the gaps are like, up to their scale.</param>
    /// <param name="seen">The gaps as they were seen, whose norm they have at f = 1.</param>
    /// <param name="parts">K.</param>
    public ScaledGaps(double[] profile, ReadOnlySpan<double> seen, double parts = 1)
    {
        this.parts = parts;
        double norm = BinnedCalibrationError.ExpectedCalibrationError(profile), scale = norm > 0
            ? BinnedCalibrationError.ExpectedCalibrationError(seen) / norm : 0;
        gaps = [.. profile.Select(gap => scale * gap)];
    }

    /// <summary>Each f at which the norm is computed.</summary>
    public static ReadOnlySpan<double> Shares => [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3];

    /// <summary>The norm at each f.</summary>
    public double[] With(ReadOnlySpan<double> noise)
    {
        var norms = new double[Shares.Length];
        for (int share = 0; share < norms.Length; share++)
        {
            double sum = 0, f = Shares[share];
            for (int i = 0; i < gaps.Length; i++)
                sum += Math.Abs((f * gaps[i]) + noise[i]);
            norms[share] = sum / parts;
        }

        return norms;
    }
}
