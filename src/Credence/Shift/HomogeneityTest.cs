using Credence.Numerics;

namespace Credence.Shift;

/// <summary>Pearson's chi-squared test of whether two lists of counts come from the same distribution.</summary>
internal static class HomogeneityTest
{
    private const double LeastExpected = 5;

    /// <summary>The p-value; categories in which either list expects fewer than five are pooled, since the test's distribution
    /// holds for large counts alone. 1 where fewer than two categories remain.</summary>
    public static double PValue(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        double firstTotal = 0;
        double secondTotal = 0;
        for (int k = 0; k < first.Length; k++)
        {
            firstTotal += first[k];
            secondTotal += second[k];
        }

        double all = firstTotal + secondTotal;
        double smaller = Math.Min(firstTotal, secondTotal);
        double statistic = 0;
        int categories = 0;
        double pooledFirst = 0;
        double pooledSecond = 0;
        for (int k = 0; k < first.Length; k++)
        {
            if ((first[k] + (double)second[k]) * smaller / all < LeastExpected)
            {
                pooledFirst += first[k];
                pooledSecond += second[k];
            }
            else
            {
                categories++;
                statistic += Term(first[k], second[k], firstTotal, secondTotal);
            }
        }

        if ((pooledFirst + pooledSecond) * smaller / all >= LeastExpected)
        {
            categories++;
            statistic += Term(pooledFirst, pooledSecond, firstTotal, secondTotal);
        }

        return categories < 2 ? 1 : GammaDistribution.ChiSquaredUpperTail(statistic, categories - 1);
    }

    private static double Term(double first, double second, double firstTotal, double secondTotal)
    {
        double share = (first + second) / (firstTotal + secondTotal);
        double a = first - (share * firstTotal);
        double b = second - (share * secondTotal);
        return (a * a / (share * firstTotal)) + (b * b / (share * secondTotal));
    }
}
