namespace Credence.Evaluation;

/// <summary>What is likely left of gaps when chance is taken off: each is multiplied by (1 − c / z²)₊, z the gap in standard errors (B. Efron,
/// C. Morris 1975, gap by gap). c rises from 1 to 3 with the share of gaps that look like chance alone (J. Storey 2002), so that a single true gap among
/// many that are none does not lend them its weight.</summary>
internal static class GapShrinkage
{
    // Half of all standard normal numbers lie this near to 0.
    private const double Quartile = 0.6744897501960817;

    /// <summary>The gaps shrunken.</summary>
    /// <param name="gaps">The gaps.</param>
    /// <param name="errors">Their standard errors; a gap without rows has 0.</param>
    public static double[] Of(ReadOnlySpan<double> gaps, ReadOnlySpan<double> errors)
    {
        int small = 0, all = 0;
        for (int i = 0; i < gaps.Length; i++)
        {
            all += errors[i] > 0 ? 1 : 0;
            small += errors[i] > 0 && Math.Abs(gaps[i]) < Quartile * errors[i] ? 1 : 0;
        }

        double c = 1 + (2 * Math.Min(1, all > 0 ? 2.0 * small / all : 0));
        var shrunken = new double[gaps.Length];
        for (int i = 0; i < gaps.Length; i++)
        {
            double square = gaps[i] * gaps[i];
            shrunken[i] = square > 0 ? gaps[i] * Math.Max(0, 1 - (c * errors[i] * errors[i] / square)) : 0;
        }

        return shrunken;
    }
}
