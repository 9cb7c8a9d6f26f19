namespace Credence.Evaluation;

/// <summary>The norms that turn the gap of each bin, Σ w·(confidence − correct) / n, into a calibration error.</summary>
internal static class BinnedCalibrationError
{
    /// <summary>Expected calibration error, Σ_b W_b/n · |confidence_b − accuracy_b| (M. Naeini, G. Cooper, M. Hauskrecht, 2015).</summary>
    public static double Expected(ReadOnlySpan<double> gaps)
    {
        double sum = 0;
        foreach (double gap in gaps)
            sum += Math.Abs(gap);
        return sum;
    }

    /// <summary>The largest absolute gap summed from below, max_c |Σ_{b ≤ c} gap_b|: Kolmogorov's and Smirnov's, where each distinct confidence
    /// is a bin (K. Gupta and others, Calibration of Neural Networks using Splines, 2021).</summary>
    public static double Largest(ReadOnlySpan<double> gaps)
    {
        double sum = 0;
        double largest = 0;
        foreach (double gap in gaps)
        {
            sum += gap;
            largest = Math.Max(largest, Math.Abs(sum));
        }

        return largest;
    }
}
