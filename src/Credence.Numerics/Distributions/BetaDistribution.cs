namespace Credence.Numerics;

/// <summary>The beta distribution, whose cumulative distribution function also gives the binomial tails.</summary>
public static class BetaDistribution
{
    private const int MaxTerms = 100_000;

    /// <summary>P(X ≤ x) for X ~ Beta(a, b): the regularised incomplete beta function, by its continued fraction
    /// (Lentz's method; Abramowitz and Stegun 26.5.8).</summary>
    /// <param name="x">The point; below 0 gives 0, above 1 gives 1.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <returns>NaN where an argument is NaN or a parameter is not above 0.</returns>
    public static double Cdf(double x, double a, double b)
    {
        if (double.IsNaN(x) || !(a > 0) || !(b > 0))
            return double.NaN;

        if (x <= 0)
            return 0;

        if (x >= 1)
            return 1;

        // The continued fraction converges fast on one side of the mean only; the other side follows by symmetry.
        return x <= (a + 1) / (a + b + 2) ? Lower(x, a, b) : 1 - Lower(1 - x, b, a);
    }

    /// <summary>The x with P(X ≤ x) = p, by bisection to the last bit of <see cref="Cdf"/>.</summary>
    /// <param name="p">From 0 to 1; otherwise the result is NaN.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Quantile(double p, double a, double b)
    {
        if (!(p >= 0 && p <= 1) || !(a > 0) || !(b > 0))
            return double.NaN;

        double low = 0;
        double high = 1;
        if (p == 0 || p == 1)
            return p;

        while (true)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                return middle;

            if (Cdf(middle, a, b) < p)
                low = middle;
            else
                high = middle;

            if (high - low < 1e-16 * high)
                return high;
        }
    }

    private static double Lower(double x, double a, double b)
    {
        double front = Exp.Compute(
            LogGamma.Compute(a + b) - LogGamma.Compute(a) - LogGamma.Compute(b) + (a * Log.Compute(x)) + (b * Log.Compute(1 - x))) / a;
        if (front == 0)
            return 0;

        double c = 1;
        double d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        double fraction = d;
        for (int m = 1; m <= MaxTerms; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            fraction *= d * c;

            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            double step = d * c;
            fraction *= step;
            if (Math.Abs(step - 1) < 1e-16)
                break;
        }

        return front * fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;
}
