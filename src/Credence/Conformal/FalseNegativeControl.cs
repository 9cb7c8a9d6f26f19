using Credence.Decisions;
using Credence.Numerics;

namespace Credence.Conformal;

/// <summary>For rows with several true labels: the largest threshold of the labels' probabilities at which the false negative rate, the
/// share of a row's true labels that is missed,
/// stays bounded. A row's answer is the labels whose probability reaches the threshold.</summary>
public static class FalseNegativeControl
{
    /// <summary>In expectation at most α (conformal risk control: A. Angelopoulos and others, 2022): the largest threshold t with
    /// (n·R̂(t) + 1)/(n + 1) ≤ α, R̂ the mean share missed.</summary>
    /// <param name="probabilities">[n, K], row-major, each from 0 to 1; they need not sum to 1.</param>
    /// <param name="isTrue">[n, K]; rows without a true label miss nothing.</param>
    /// <param name="labels">K.</param>
    /// <param name="maxRisk">α, above 0 and below 1.</param>
    /// <returns>The threshold, or null where n is below ⌈1/α⌉ − 1 and no guarantee is possible.</returns>
    /// <exception cref="ArgumentException">Lengths disagree, a probability is out of range, or α is.</exception>
    public static double? InExpectation(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isTrue, int labels, double maxRisk)
    {
        int rows = Check(probabilities, isTrue, labels, maxRisk);
        return Largest(probabilities, isTrue, labels, rows, risk => ((rows * risk) + 1) / (rows + 1) <= maxRisk);
    }

    /// <summary>With probability 1 − δ over the rows drawn at most α (Learn then Test: A. Angelopoulos and others, 2021): thresholds 0,
    /// 0.001, … are tested from the safest on, by the p-value of Hoeffding and Bentkus at level δ, until one is not passed.</summary>
    /// <param name="probabilities">[n, K], row-major, each from 0 to 1; they need not sum to 1.</param>
    /// <param name="isTrue">[n, K]; rows without a true label miss nothing.</param>
    /// <param name="labels">K.</param>
    /// <param name="maxRisk">α, above 0 and below 1.</param>
    /// <param name="delta">δ, above 0 and below 1.</param>
    /// <returns>The threshold, or null where none passes.</returns>
    /// <exception cref="ArgumentException">Lengths disagree, a probability is out of range, or α or δ is.</exception>
    public static double? WithConfidence(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isTrue, int labels, double maxRisk, double delta)
    {
        int rows = Check(probabilities, isTrue, labels, maxRisk);
        if (!(delta > 0 && delta < 1))
            throw new ArgumentException($"'{nameof(delta)}' is {delta}, must be above 0 and below 1.", nameof(delta));

        double? best = null;
        (double[] sorted, double[] misses) = Steps(probabilities, isTrue, labels, rows);
        for (int step = 0; step <= 1000; step++)
        {
            double threshold = step / 1000.0;
            if (PValue(Risk(sorted, misses, threshold), rows, maxRisk) > delta)
                break;

            best = threshold;
        }

        return best;
    }

    /// <summary>The p-value of "the risk is above α" given a mean loss of n rows in [0, 1]: the smaller of Hoeffding's and Bentkus's
    /// bounds.</summary>
    /// <param name="mean">R̂.</param>
    /// <param name="rows">n.</param>
    /// <param name="maxRisk">α.</param>
    public static double PValue(double mean, int rows, double maxRisk)
    {
        if (mean >= maxRisk)
            return 1;

        double divergence = (mean > 0 ? mean * Log.Compute(mean / maxRisk) : 0) + ((1 - mean) * Log.Compute((1 - mean) / (1 - maxRisk)));
        double hoeffding = Exp.Compute(-rows * divergence);
        double bentkus = Math.E * BinomialDistribution.Cdf((int)Math.Ceiling(rows * mean - 1e-9), rows, maxRisk);
        return Math.Min(1, Math.Min(hoeffding, bentkus));
    }

    private static double? Largest(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isTrue, int labels, int rows, Func<double, bool> holds)
    {
        // The risk steps up just above each true label's probability, so only these can be the largest threshold.
        (double[] sorted, double[] misses) = Steps(probabilities, isTrue, labels, rows);
        if (!holds(0))
            return null;

        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (holds(Risk(sorted, misses, sorted[middle])))
                low = middle + 1;
            else
                high = middle;
        }

        return sorted.Length == 0 || holds(misses[^1]) ? 1 : sorted[low - 1];
    }

    /// <summary>The true labels' probabilities, ascending, and the mean share missed once all before are.</summary>
    private static (double[] Sorted, double[] Misses) Steps(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isTrue, int labels, int rows)
    {
        List<double> at = [], share = [];
        for (int row = 0; row < rows; row++)
        {
            int count = isTrue.Slice(row * labels, labels).Count(true);
            for (int k = 0; k < labels; k++)
            {
                if (isTrue[(row * labels) + k])
                {
                    at.Add(probabilities[(row * labels) + k]);
                    share.Add(1.0 / count / rows);
                }
            }
        }

        double[] sorted = [.. at], misses = [.. share];
        Array.Sort(sorted, misses);
        for (int i = 1; i < misses.Length; i++)
            misses[i] += misses[i - 1];

        return (sorted, misses);
    }

    /// <summary>The mean share missed at a threshold: of labels strictly below it.</summary>
    private static double Risk(double[] sorted, double[] misses, double threshold)
    {
        int below = RiskControl.FirstAnswered(sorted, threshold);
        return below == 0 ? 0 : misses[below - 1];
    }

    private static int Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isTrue, int labels, double maxRisk)
    {
        if (labels < 1 || probabilities.Length % labels != 0 || probabilities.Length == 0)
            throw new ArgumentException(
                $"'{nameof(probabilities)}' has length {probabilities.Length}, needs a multiple of {labels}, at least one row.",
                nameof(probabilities));

        if (isTrue.Length != probabilities.Length)
            throw new ArgumentException($"'{nameof(isTrue)}' has length {isTrue.Length}, needs {probabilities.Length}.", nameof(isTrue));

        if (!(maxRisk > 0 && maxRisk < 1))
            throw new ArgumentException($"'{nameof(maxRisk)}' is {maxRisk}, must be above 0 and below 1.", nameof(maxRisk));

        for (int i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1))
                throw new ArgumentException(
                    $"'{nameof(probabilities)}' row {i / labels} label {i % labels} is {probabilities[i]}; a probability is from 0 to 1.",
                    nameof(probabilities));
        }

        return probabilities.Length / labels;
    }
}
