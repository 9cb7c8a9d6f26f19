namespace Credence.Numerics;

/// <summary>The gamma and chi-squared distributions.</summary>
public static class GammaDistribution
{
    private const int MaxTerms = 100_000;

    /// <summary>P(X &gt; x) for X ~ Gamma(shape, 1): the regularised upper incomplete gamma function, by its series below the mean and its
    /// continued fraction above (Abramowitz and Stegun 6.5.29, 6.5.31).</summary>
    /// <param name="x">The point; 0 or below gives 1.</param>
    /// <param name="shape">Above 0.</param>
    public static double UpperTail(double x, double shape)
    {
        if (double.IsNaN(x) || !(shape > 0))
            return double.NaN;

        if (x <= 0)
            return 1;

        if (double.IsPositiveInfinity(x))
            return 0;

        double front = Exp.Compute((shape * Log.Compute(x)) - x - LogGamma.Compute(shape));
        return x < shape + 1 ? 1 - (front * Series(x, shape)) : front * Fraction(x, shape);
    }

    /// <summary>P(X &gt; x) for X ~ χ² with the given degrees of freedom.</summary>
    public static double ChiSquaredUpperTail(double x, double degrees) => UpperTail(x / 2, degrees / 2);

    private static double Series(double x, double shape)
    {
        double term = 1 / shape;
        double sum = term;
        for (int n = 1; n < MaxTerms && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= x / (shape + n);
            sum += term;
        }

        return sum;
    }

    private static double Fraction(double x, double shape)
    {
        double b = x + 1 - shape;
        double c = 1e300;
        double d = 1 / b;
        double fraction = d;
        for (int n = 1; n < MaxTerms; n++)
        {
            double a = -n * (n - shape);
            b += 2;
            d = 1 / NotZero((a * d) + b);
            c = NotZero(b + (a / c));
            double step = d * c;
            fraction *= step;
            if (Math.Abs(step - 1) < 1e-16)
                break;
        }

        return fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;
}
