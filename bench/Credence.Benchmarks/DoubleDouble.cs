using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>e^x and ln x as the sum of two doubles, to about 104 bits (T. J. Dekker, A Floating-Point Technique for Extending the Available
/// Precision, 1971).</summary>
internal static class DoubleDouble
{
    private static readonly (double High, double Low) Ln2 = (0.6931471805599453, 2.3190468138462996e-17);
    private const double Ln2Third = 5.7077084384162121e-34;

    /// <summary>e^x for a float x: x = n·ln 2 + r, r halved three times, a Taylor series of 22 terms, squared three times.</summary>
    public static (double High, double Low) Exp(double x)
    {
        double n = Math.Round(x / Ln2.High);
        (double High, double Low) r = Add(Product(-n, Ln2.High), (x, 0));
        r = Add(r, Product(-n, Ln2.Low));
        r = Add(r, (-n * Ln2Third, 0));
        r = (Math.ScaleB(r.High, -3), Math.ScaleB(r.Low, -3));

        // e^r − 1, which loses nothing to the 1 while it is squared: (1 + s)² − 1 = 2s + s².
        (double High, double Low) term = r, sum = r;
        for (int k = 2; k <= 22; k++)
        {
            term = Divide(Multiply(term, r), (k, 0));
            sum = Add(sum, term);
        }

        for (int i = 0; i < 3; i++)
            sum = Add((2 * sum.High, 2 * sum.Low), Multiply(sum, sum));
        sum = Add((1, 0), sum);
        return (Math.ScaleB(sum.High, (int)n), Math.ScaleB(sum.Low, (int)n));
    }

    /// <summary>ln x for a float x: two steps of Newton's method from the C library's, y + x·e^−y − 1.</summary>
    public static (double High, double Low) Log(double x)
    {
        (double High, double Low) y = (Math.Log(x), 0);
        for (int i = 0; i < 2; i++)
        {
            // e^−y of a pair: e^−high·(1 − low) is exact to the square of low, 2^−106.
            (double High, double Low) e = Exp(-y.High);
            e = Multiply(e, Add((1, 0), (-y.Low, 0)));
            (double High, double Low) change = Add(Multiply(e, (x, 0)), (-1, 0));
            y = Add(y, Add(change, Multiply((-0.5 * change.High, 0), change)));
        }

        return y;
    }

    private static (double High, double Low) Product(double a, double b)
    {
        double high = a * b;
        return (high, Math.FusedMultiplyAdd(a, b, -high));
    }

    private static (double High, double Low) Add((double High, double Low) a, (double High, double Low) b)
    {
        (double high, double low) = TwoSum(a.High, b.High);
        (double middle, double rest) = TwoSum(a.Low, b.Low);
        (high, low) = TwoSum(high, low + middle);
        return TwoSum(high, low + rest);
    }

    private static (double High, double Low) Multiply((double High, double Low) a, (double High, double Low) b)
    {
        (double high, double low) = Product(a.High, b.High);
        return TwoSum(high, low + (a.High * b.Low) + (a.Low * b.High));
    }

    private static (double High, double Low) Divide((double High, double Low) a, (double High, double Low) b)
    {
        double first = a.High / b.High;
        (double High, double Low) rest = Add(a, Multiply((-first, 0), b));
        double second = rest.High / b.High;
        rest = Add(rest, Multiply((-second, 0), b));
        (double high, double low) = TwoSum(first, second);
        return TwoSum(high, low + (rest.High / b.High));
    }

    private static (double High, double Low) TwoSum(double a, double b)
    {
        double sum = a + b, added = sum - a;
        return (sum, (a - (sum - added)) + (b - added));
    }
}
