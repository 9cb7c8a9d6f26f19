using Credence.Numerics;

namespace Credence.Decisions;

/// <summary>The search for the smallest threshold that bounds the error rate of the answers.</summary>
internal static class RiskControl
{
    /// <summary>The smallest threshold that satisfies the guarantee; null where none does.</summary>
    /// <param name="confidences">Ascending.</param>
    /// <param name="wrong">Whether the row of each confidence is answered wrongly.</param>
    /// <param name="options">The guarantee.</param>
    /// <param name="least">The smallest possible confidence, 1/K.</param>
    public static double? Threshold(double[] confidences, bool[] wrong, RiskControlOptions options, double least)
    {
        // errors[i] counts the wrong ones from i on, so a threshold's answered and wrong rows are looked up in constant time.
        var errors = new int[wrong.Length + 1];
        for (int i = wrong.Length - 1; i >= 0; i--)
            errors[i] = errors[i + 1] + (wrong[i] ? 1 : 0);

        return options.Method == RiskControlMethod.LearnThenTest
            ? LearnThenTest(confidences, errors, options, least)
            : Sgr(confidences, errors, options);
    }

    /// <summary>The first row whose confidence reaches the threshold.</summary>
    public static int FirstAnswered(double[] confidences, double threshold)
    {
        int low = 0;
        int high = confidences.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (confidences[middle] < threshold)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static double? Sgr(double[] confidences, int[] errors, RiskControlOptions options)
    {
        int rows = confidences.Length;
        int steps = 1 + System.Numerics.BitOperations.Log2((uint)Math.Max(1, rows - 1));
        double delta = options.Delta / steps;
        double? best = null;
        int low = -1;
        int high = rows;
        for (int step = 0; step < steps && high - low > 1; step++)
        {
            int middle = low + ((high - low) / 2);
            int first = FirstAnswered(confidences, confidences[middle]);
            if (BinomialDistribution.UpperBound(errors[first], rows - first, delta) <= options.MaxRisk)
            {
                best = confidences[middle];
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return best;
    }

    private static double? LearnThenTest(double[] confidences, int[] errors, RiskControlOptions options, double least)
    {
        // Where probabilities are calibrated, a threshold of 1 − r has an error rate below r, so the starts lie around it; the last are
        // for very overconfident scores. All are fixed before the rows are seen.
        double[] starts = [options.MaxRisk, options.MaxRisk / 4, options.MaxRisk / 30, options.MaxRisk / 1000, 1e-9];
        double level = options.Delta / starts.Length;
        double? best = null;
        foreach (double start in starts)
        {
            for (double doubt = start; ; doubt *= 1.02)
            {
                double threshold = Math.Max(1 - doubt, least);
                int first = FirstAnswered(confidences, threshold);
                int answered = confidences.Length - first;
                if (BinomialDistribution.Cdf(errors[first], answered, options.MaxRisk) > level)
                    break;

                best = best is null ? threshold : Math.Min(best.Value, threshold);
                if (threshold <= least)
                    break;
            }
        }

        return best;
    }
}
