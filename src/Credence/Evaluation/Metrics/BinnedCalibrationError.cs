namespace Credence.Evaluation.Metrics;

/// <summary>The norms that turn the gap of each bin, Σ w·(confidence − correct) / n, into a calibration error.</summary>
internal static class BinnedCalibrationError
{
    /// <summary>Expected calibration error, Σ_b W_b/n · |confidence_b − accuracy_b| (M. Naeini, G. Cooper, M. Hauskrecht, 2015).</summary>
    public static double ExpectedCalibrationError(ReadOnlySpan<double> gaps)
    {
        double sum = 0;
        foreach (double gap in gaps)
            sum += Math.Abs(gap);
        return sum;
    }

    /// <summary>The largest absolute gap summed from below, max_c |Σ_{confidence ≤ c} gap|: the Kolmogorov–Smirnov statistic, evaluated
    /// after
    /// each distinct confidence (K. Gupta and others, Calibration of Neural Networks using Splines, 2021).</summary>
    /// <param name="gaps">One per row, in the order of confidence.</param>
    /// <param name="groups">The rows of each distinct confidence.</param>
    public static double Largest(ReadOnlySpan<double> gaps, Partition groups)
    {
        double sum = 0;
        double largest = 0;
        for (int group = 0; group < groups.Cells; group++)
        {
            for (int row = groups.Start(group); row < groups.End(group); row++)
                sum += gaps[row];

            largest = Math.Max(largest, Math.Abs(sum));
        }

        return largest;
    }
}
