using System.Runtime.Intrinsics;
using Credence.Data;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Tests whether probabilities of an event are right, of several events side by side: Rao's score test that neither their level nor their slope is off.</summary>
/// <remarks>Of y − p, once plain and once times p, with the covariance Σ w² p (1 − p) [1 p; p p²] that it has where p is right: χ² with two degrees
/// of freedom (D. Cox 1958 tests the same on the scale of log-odds). With fewer than <see cref="FewestEvents"/> expected events, or as few
/// expected rows without, χ² would mislead, and nothing is tested.</remarks>
/// <param name="events">How many events.</param>
internal sealed class ScoreTests(int events)
{
    /// <summary>The fewest expected events, and rows without, that are tested.</summary>
    public const double FewestEvents = 5;

    private readonly double[] gap = new double[events], slope = new double[events], expected = new double[events];
    private readonly double[] v0 = new double[events], v1 = new double[events], v2 = new double[events];
    private double rows;

    /// <summary>Adds a row whose outcomes are still to come.</summary>
    /// <param name="probabilities">One an event; above 1 they count as 1.</param>
    /// <param name="weight">The row's weight.</param>
    public void Expect(ReadOnlySpan<double> probabilities, double weight)
    {
        Vector512<double> one = Vector512<double>.One, w = Vector512.Create(weight);
        int k = 0;
        for (; k <= probabilities.Length - Lanes.Width; k += Lanes.Width)
        {
            Vector512<double> p = Vector512.Min(Lanes.At(probabilities, k), one), weighted = w * p, variance = w * weighted * (one - p), spread = variance * p;
            Lanes.Put(Lanes.At(gap, k) - weighted, gap, k);
            Lanes.Put(Lanes.At(slope, k) - (weighted * p), slope, k);
            Lanes.Put(Lanes.At(v0, k) + variance, v0, k);
            Lanes.Put(Lanes.At(v1, k) + spread, v1, k);
            Lanes.Put(Lanes.At(v2, k) + (spread * p), v2, k);
            Lanes.Put(Lanes.At(expected, k) + p, expected, k);
        }

        for (; k < probabilities.Length; k++)
        {
            double p = Math.Min(probabilities[k], 1), weighted = weight * p, variance = weight * weighted * (1 - p);
            gap[k] -= weighted;
            slope[k] -= weighted * p;
            v0[k] += variance;
            v1[k] += variance * p;
            v2[k] += variance * p * p;
            expected[k] += p;
        }

        rows++;
    }

    /// <summary>Adds that an event came at a row of this probability.</summary>
    public void Happen(int k, double probability, double weight)
    {
        gap[k] += weight;
        slope[k] += weight * Math.Min(probability, 1);
    }

    /// <summary>Adds what others of the same events counted.</summary>
    public void Add(ScoreTests other)
    {
        Lanes.AddScaled(1, other.gap, gap);
        Lanes.AddScaled(1, other.slope, slope);
        Lanes.AddScaled(1, other.v0, v0);
        Lanes.AddScaled(1, other.v1, v1);
        Lanes.AddScaled(1, other.v2, v2);
        Lanes.AddScaled(1, other.expected, expected);
        rows += other.rows;
    }

    /// <summary>The probability of so large a deviation, or larger, where the probabilities are right; NaN where that can't be told.</summary>
    public double PValue(int k)
    {
        if (!(expected[k] >= FewestEvents) || !(rows - expected[k] >= FewestEvents) || !(v0[k] > 0))
            return double.NaN;

        double determinant = (v0[k] * v2[k]) - (v1[k] * v1[k]);
        if (determinant <= 1e-9 * v0[k] * v2[k])
            return GammaDistribution.ChiSquaredUpperTail(gap[k] * gap[k] / v0[k], 1);

        double statistic = ((v2[k] * gap[k] * gap[k]) - (2 * v1[k] * gap[k] * slope[k]) + (v0[k] * slope[k] * slope[k])) / determinant;
        return GammaDistribution.ChiSquaredUpperTail(Math.Max(0, statistic), 2);
    }
}
