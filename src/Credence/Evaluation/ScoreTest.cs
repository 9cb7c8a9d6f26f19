using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Tests whether probabilities of one event are right: Rao's score test that neither their level nor their slope is off.</summary>
/// <remarks>Of y − p, once plain and once times p, with the covariance Σ w² p (1 − p) [1 p; p p²] that it has where p is right: χ² with two degrees
/// of freedom (D. Cox 1958 tests the same on the scale of log-odds). With fewer than <see cref="FewestEvents"/> expected events, or as few
/// expected rows without, χ² would mislead, and nothing is tested.</remarks>
internal struct ScoreTest
{
    /// <summary>The fewest expected events, and rows without, that are tested.</summary>
    public const double FewestEvents = 5;

    private double gap;
    private double slope;
    private double v0;
    private double v1;
    private double v2;
    private double expected;
    private double rest;

    /// <summary>Adds a row whose outcome is still to come.</summary>
    public void Expect(double p, double weight)
    {
        double variance = weight * weight * p * (1 - p);
        gap -= weight * p;
        slope -= weight * p * p;
        v0 += variance;
        v1 += variance * p;
        v2 += variance * p * p;
        expected += p;
        rest += 1 - p;
    }

    /// <summary>Adds that the event came at a row of this probability.</summary>
    public void Happen(double p, double weight)
    {
        gap += weight;
        slope += weight * p;
    }

    /// <summary>Adds what another counted.</summary>
    public void Add(in ScoreTest other)
    {
        gap += other.gap;
        slope += other.slope;
        v0 += other.v0;
        v1 += other.v1;
        v2 += other.v2;
        expected += other.expected;
        rest += other.rest;
    }

    /// <summary>The probability of so large a deviation, or larger, where the probabilities are right; NaN where that can't be told.</summary>
    public readonly double PValue()
    {
        if (!(expected >= FewestEvents) || !(rest >= FewestEvents) || !(v0 > 0))
            return double.NaN;

        double determinant = (v0 * v2) - (v1 * v1);
        if (determinant <= 1e-9 * v0 * v2)
            return GammaDistribution.ChiSquaredUpperTail(gap * gap / v0, 1);

        double statistic = ((v2 * gap * gap) - (2 * v1 * gap * slope) + (v0 * slope * slope)) / determinant;
        return GammaDistribution.ChiSquaredUpperTail(Math.Max(0, statistic), 2);
    }
}
