using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Decisions;

/// <summary>For rows with several labels: the threshold on each class's probability at which the class is predicted, chosen for a high
/// F1.</summary>
/// <remarks>
/// F1 = 2·TP / (predicted + present). For calibrated probabilities the best threshold is half the best F1 (Z. Lipton, C. Elkan, B.
/// Naryanaswamy, Optimal
/// Thresholding of Classifiers to Maximize F1 Measure, 2014), so it is below ½ for every class that is hard to predict; a threshold of ½
/// rarely predicts rare classes.
/// </remarks>
public static class F1Thresholds
{
    private const double MostOdds = 27;

    /// <summary>The mean, in log odds, of the empirically best threshold and the one that the probabilities imply. Both have errors:
    /// the first from the few rows of a rare class, the second from residual miscalibration; their mean has a smaller one.</summary>
    /// <param name="probabilities">[rows, classes], calibrated, of rows that training did not see.</param>
    /// <param name="truth">The classes of each row.</param>
    /// <param name="weights">One weight per row, or null for 1 each.</param>
    /// <returns>One per class, from 0 to 1: a class is predicted for a row whose probability is at least as high. 1 for a class that no row
    /// has.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static double[] Fit(Probabilities probabilities, LabelSets truth, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        double[] best = Best(probabilities, truth, weights), expected = Of(probabilities, (row, k) => probabilities.Row(row)[k], weights);
        return [.. best.Zip(expected, (seen, said) => seen == 1 ? 1 : Sigmoid.Compute((Odds(seen) + Odds(said)) / 2))];
    }

    /// <summary>The thresholds with the highest F1 of each class on these rows, whether or not the probabilities are calibrated.</summary>
    /// <param name="probabilities">[rows, classes], of rows that training did not see.</param>
    /// <param name="truth">The classes of each row.</param>
    /// <param name="weights">One weight per row, or null for 1 each.</param>
    /// <returns>One per class; 1 for a class that no row has.</returns>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static double[] Best(Probabilities probabilities, LabelSets truth, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (truth.Count != probabilities.Rows || truth.Classes != probabilities.Classes
            || (weights is not null && weights.Length != truth.Count))
        {
            throw new ArgumentException(
                $"The probabilities are {probabilities.Rows} × {probabilities.Classes}, the label sets {truth.Count} of {truth.Classes} "
                    + "classes; they must agree, and there must be one weight per row.",
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
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentNullException.ThrowIfNull(names);
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

    /// <summary>The thresholds of highest F1 where a row's membership in a class is fractional.</summary>
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
            thresholds[k] = Of(falling, [.. order.Select(row => weights?[row] ?? 1)],
                [.. order.Select(row => (weights?[row] ?? 1) * part(row, k))]);
        }

        return thresholds;
    }

    // By falling probability; rows of equal probability are predicted together. The threshold is the midpoint between two probabilities.
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

    private static double Odds(double p) =>
        p <= 0 ? -MostOdds : p >= 1 ? MostOdds : Math.Clamp(Log.Compute(p) - Log.Compute(1 - p), -MostOdds, MostOdds);
}
