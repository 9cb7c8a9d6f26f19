using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Decisions;

/// <summary>For rows of several labels the threshold of each class's probability from which on the class is said, for a high F1.</summary>
/// <remarks>
/// F1 = 2·right / (said + present). Of calibrated probabilities the best threshold is half the best F1 (Z. Lipton, C. Elkan, B. Naryanaswamy, Optimal
/// Thresholding of Classifiers to Maximize F1 Measure, 2014), so it is below ½ for every class that is hard to tell; a threshold of ½ says rare classes hardly ever.
/// </remarks>
public static class F1Thresholds
{
    private const double MostOdds = 27;

    /// <summary>Between the threshold that was best and the one that the probabilities themselves lead to expect, on the scale of log odds. Both are off by chance,
    /// the one by the few rows of a rare class, the other by what calibration leaves; their middle by less than either.</summary>
    /// <param name="probabilities">[rows, classes], calibrated, of rows that training did not see.</param>
    /// <param name="truth">The classes of each row.</param>
    /// <param name="weights">One weight per row, or null for 1 each.</param>
    /// <returns>One per class, from 0 to 1: a class is said of a row whose probability is at least as high. 1 for a class that no row has.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static double[] Fit(Probabilities probabilities, LabelSets truth, double[]? weights = null)
    {
        double[] best = Best(probabilities, truth, weights), expected = Of(probabilities, (row, k) => probabilities.Row(row)[k], weights);
        return [.. best.Zip(expected, (seen, said) => seen == 1 ? 1 : Sigmoid.Compute((Odds(seen) + Odds(said)) / 2))];
    }

    /// <summary>The thresholds that gave these rows the highest F1 of each class, whatever the probabilities mean.</summary>
    /// <param name="probabilities">[rows, classes], of rows that training did not see.</param>
    /// <param name="truth">The classes of each row.</param>
    /// <param name="weights">One weight per row, or null for 1 each.</param>
    /// <returns>One per class; 1 for a class that no row has.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static double[] Best(Probabilities probabilities, LabelSets truth, double[]? weights = null)
    {
        if (truth.Count != probabilities.Rows || truth.Classes != probabilities.Classes || (weights is not null && weights.Length != truth.Count))
        {
            throw new ArgumentException(
                $"The probabilities are {probabilities.Rows} × {probabilities.Classes}, the label sets {truth.Count} of {truth.Classes} classes; there must be as many, and as many weights.",
                nameof(truth));
        }

        return Of(probabilities, (row, k) => truth[row].BinarySearch(k) >= 0 ? 1 : 0, weights);
    }

    /// <summary>The classes whose probability is at least their threshold.</summary>
    /// <param name="probabilities">[rows, classes].</param>
    /// <param name="thresholds">One per class.</param>
    /// <param name="names">The classes' names.</param>
    public static LabelSets Apply(Probabilities probabilities, IReadOnlyList<double> thresholds, IReadOnlyList<string> names)
    {
        var starts = new int[probabilities.Rows + 1];
        var said = new List<int>();
        for (int row = 0; row < probabilities.Rows; row++)
        {
            ReadOnlySpan<double> p = probabilities.Row(row);
            for (int k = 0; k < p.Length; k++)
            {
                if (p[k] >= thresholds[k])
                    said.Add(k);
            }

            starts[row + 1] = said.Count;
        }

        return new LabelSets(starts, [.. said], names);
    }

    /// <summary>The thresholds of highest F1 where a row is of a class to a part.</summary>
    private static double[] Of(Probabilities probabilities, Func<int, int, double> part, double[]? weights)
    {
        var thresholds = new double[probabilities.Classes];
        var order = new int[probabilities.Rows];
        var falling = new double[order.Length];
        for (int k = 0; k < thresholds.Length; k++)
        {
            for (int row = 0; row < order.Length; row++)
            {
                order[row] = row;
                falling[row] = -probabilities.Row(row)[k];
            }

            Array.Sort(falling, order);
            thresholds[k] = Of(falling, [.. order.Select(row => weights?[row] ?? 1)], [.. order.Select(row => (weights?[row] ?? 1) * part(row, k))]);
        }

        return thresholds;
    }

    // From the most confident row down; equal probabilities are said together or not at all. Between two probabilities the threshold lies in the middle.
    private static double Of(double[] falling, double[] weights, double[] parts)
    {
        double present = parts.Sum(), right = 0, said = 0, best = 0, threshold = 1;
        for (int i = 0; i < falling.Length; i++)
        {
            said += weights[i];
            right += parts[i];
            if (i + 1 < falling.Length && falling[i + 1] == falling[i])
                continue;

            double f1 = said + present > 0 ? 2 * right / (said + present) : 0;
            if (f1 > best)
                (best, threshold) = (f1, i + 1 < falling.Length ? -(falling[i] + falling[i + 1]) / 2 : -falling[i]);
        }

        return threshold;
    }

    private static double Odds(double p) => p <= 0 ? -MostOdds : p >= 1 ? MostOdds : Math.Clamp(Log.Compute(p) - Log.Compute(1 - p), -MostOdds, MostOdds);
}
