namespace Credence.Numerics;

/// <summary>The logarithm of the gamma function.</summary>
public static class LogGamma
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>ln Γ(x), by Stirling's series after raising x to 12 with Γ(x) = Γ(x+1)/x (Abramowitz and Stegun 6.1.41).</summary>
    /// <param name="x">Above 0; otherwise the result is NaN.</param>
    public static double Compute(double x)
    {
        if (!(x > 0))
            return double.NaN;

        if (double.IsPositiveInfinity(x))
            return x;

        double product = 1;
        while (x < 12)
            product *= x++;

        double inverse = 1 / x;
        double square = inverse * inverse;
        double series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680)
            - (square * ((1.0 / 1188) - (square * (691.0 / 360360)))))))))));
        return ((x - 0.5) * Log.Compute(x)) - x + HalfLogTwoPi + series - Log.Compute(product);
    }
}
