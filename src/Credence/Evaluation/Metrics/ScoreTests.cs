using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Tests whether the probabilities of an event are calibrated, for several events at once: Rao's score test of their level and
/// slope.</summary>
/// <remarks>Of y − p, once plain and once times p, with the covariance Σ w² p (1 − p) [1 p; p p²] that it has where p is calibrated: χ²
/// with two degrees
/// of freedom (D. Cox 1958 tests the same on the scale of log-odds). With fewer than <see cref="FewestEvents"/> expected events, or as few
/// expected rows without, χ² would mislead, and nothing is tested.</remarks>
/// <param name="events">How many events.</param>
internal sealed class ScoreTests(int events)
{
    /// <summary>The fewest expected events, and rows without, that are tested.</summary>
    public const double FewestEvents = 5;

    // [6, events], as ScoreTestSums keeps them.
    private readonly double[] sums = new double[ScoreTestSums.Count * events];
    private double rows;

    /// <summary>Adds a row whose outcomes are added later.</summary>
    /// <param name="probabilities">One an event; above 1 they count as 1.</param>
    /// <param name="weight">The row's weight.</param>
    public void Expect(ReadOnlySpan<double> probabilities, double weight)
    {
        ScoreTestSums.AddExpected(probabilities, weight, sums);
        rows++;
    }

    /// <summary>Adds an occurrence of the event at a row of this probability.</summary>
    public void Happen(int k, double probability, double weight)
    {
        sums[k] += weight;
        sums[events + k] += weight * Math.Min(probability, 1);
    }

    /// <summary>Adds what others of the same events counted.</summary>
    public void Add(ScoreTests other)
    {
        Vectors.AddScaled<double>(1, other.sums, sums);
        rows += other.rows;
    }

    /// <summary>The p-value of the test that the probabilities are calibrated; NaN where it can't be computed.</summary>
    public double PValue(int k) => PValue(k, 0, 0);

    /// <summary>The same with further occurrences.</summary>
    /// <param name="k">The event.</param>
    /// <param name="weight">Σ w over the rows where it happened.</param>
    /// <param name="weightedProbability">Σ w·p over the same rows.</param>
    public double PValue(int k, double weight, double weightedProbability)
    {
        double gap = sums[k] + weight, slope = sums[events + k] + weightedProbability, v0 = sums[(2 * events) + k],
            v1 = sums[(3 * events) + k], v2 = sums[(4 * events) + k];
        double expected = sums[(5 * events) + k];
        if (!(expected >= FewestEvents) || !(rows - expected >= FewestEvents) || !(v0 > 0))
            return double.NaN;

        double determinant = (v0 * v2) - (v1 * v1);
        if (determinant <= 1e-9 * v0 * v2)
            return GammaDistribution.ChiSquaredUpperTail(gap * gap / v0, 1);

        double statistic = ((v2 * gap * gap) - (2 * v1 * gap * slope) + (v0 * slope * slope)) / determinant;
        return GammaDistribution.ChiSquaredUpperTail(Math.Max(0, statistic), 2);
    }
}
