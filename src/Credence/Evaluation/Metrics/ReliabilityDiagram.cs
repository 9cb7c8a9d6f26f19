using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>The bins of the reliability diagram and the band in which a calibrated model's would lie.</summary>
internal static class ReliabilityDiagram
{
    private const double Level = 0.95;

    /// <summary>A bin for each cell, empty ones among them.</summary>
    public static ReliabilityBin[] Compute(SortedRows rows, Partition cells, EqualWidthBins bins)
    {
        var diagram = new ReliabilityBin[bins.Count];
        for (int bin = 0; bin < diagram.Length; bin++)
        {
            double weight = 0, squares = 0, confidence = 0, right = 0, variance = 0;
            for (int row = cells.Start(bin); row < cells.End(bin); row++)
            {
                double w = rows.Weights[row], p = rows.Confidence[row];
                weight += w;
                squares += w * w;
                confidence += w * p;
                right += rows.Correct[row] ? w : 0;
                variance += w * p * (1 - p);
            }

            (double low, double high) = weight > 0
                ? Band(confidence / weight, variance / weight, weight * weight / squares)
                : (double.NaN, double.NaN);
            diagram[bin] = new ReliabilityBin(
                bins.Low(bin), bins.High(bin), cells.Count(bin), weight > 0 ? confidence / weight : double.NaN,
                weight > 0 ? right / weight : double.NaN, low, high);
        }

        return diagram;
    }

    /// <summary>Where the share of n trials with mean probability p lies in 95 of 100 samples: the binomial's own tails. n counts trials of
    /// equal weight and of equal probability; rows whose probabilities differ vary less, so n is raised to match their variance.</summary>
    private static (double Low, double High) Band(double p, double variance, double n)
    {
        if (p <= 0 || p >= 1)
            return (p, p);

        int trials = (int)Math.Clamp(Math.Round(variance > 0 ? n * p * (1 - p) / variance : n), 1, int.MaxValue / 2);
        double tail = (1 - Level) / 2;
        return ((double)Smallest(trials, p, tail) / trials, (double)Smallest(trials, p, 1 - tail) / trials);
    }

    /// <summary>The smallest k with P(X ≤ k) ≥ the level.</summary>
    private static int Smallest(int trials, double p, double level)
    {
        int low = 0, high = trials;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (BinomialDistribution.Cdf(middle, trials, p) >= level)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
