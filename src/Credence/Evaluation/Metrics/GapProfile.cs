namespace Credence.Evaluation.Metrics;

/// <summary>What the true gaps may be like, up to their scale: noise adds most to a norm of few large gaps among many that are none, and
/// least to that of gaps that are all as certain.</summary>
internal static class GapProfile
{
    // Half of all standard normal numbers lie this near to 0.
    private const double Quartile = 0.6744897501960817;

    /// <summary>As uneven as is likely: halfway to the gaps without what chance explains, each multiplied by (1 − c / z²)₊, z the gap in
    /// standard errors (B. Efron, C. Morris 1975, gap by gap). c rises from 1 to 3 with the share of gaps that look like chance alone (J.
    /// Storey 2002), so that a single true gap among many that are none does not lend them its weight.</summary>
    /// <param name="gaps">The gaps.</param>
    /// <param name="errors">Their standard errors; a gap without rows has 0.</param>
    public static double[] Uneven(ReadOnlySpan<double> gaps, ReadOnlySpan<double> errors)
    {
        int small = 0, all = 0;
        for (int i = 0; i < gaps.Length; i++)
        {
            all += errors[i] > 0 ? 1 : 0;
            small += errors[i] > 0 && Math.Abs(gaps[i]) < Quartile * errors[i] ? 1 : 0;
        }

        double c = 1 + (2 * Math.Min(1, all > 0 ? 2.0 * small / all : 0));
        var profile = new double[gaps.Length];
        for (int i = 0; i < gaps.Length; i++)
        {
            double square = gaps[i] * gaps[i];
            profile[i] = square > 0 ? gaps[i] * (1 - (Math.Min(1, c * errors[i] * errors[i] / square) / 2)) : 0;
        }

        return profile;
    }

    /// <summary>As even as is likely: |z| is drawn towards its mean by as much of its variance as chance explains, which is at most
    /// 1.</summary>
    /// <param name="gaps">The gaps.</param>
    /// <param name="errors">Their standard errors; a gap without rows has 0.</param>
    public static double[] Even(ReadOnlySpan<double> gaps, ReadOnlySpan<double> errors)
    {
        double mean = 0, square = 0;
        int all = 0;
        for (int i = 0; i < gaps.Length; i++)
        {
            if (!(errors[i] > 0))
                continue;

            double z = Math.Abs(gaps[i]) / errors[i];
            all++;
            mean += z;
            square += z * z;
        }

        var profile = gaps.ToArray();
        if (all < 2)
            return profile;

        mean /= all;
        double variance = (square - (all * mean * mean)) / (all - 1), kept = variance > 1 ? 1 - (1 / variance) : 0;
        for (int i = 0; i < gaps.Length; i++)
        {
            if (errors[i] > 0)
                profile[i] = Math.CopySign(errors[i] * (mean + (kept * ((Math.Abs(gaps[i]) / errors[i]) - mean))), gaps[i]);
        }

        return profile;
    }
}
