using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The sums of Rao's score test of calibration, in intercept and slope, of the probabilities of several events
/// at once.</summary>
internal static class ScoreTestSums
{
    private const int Width = DoubleVectors.Width;

    /// <summary>The number of sums per event.</summary>
    public const int Count = 6;

    /// <summary>Adds the expected part of a row, from its probabilities without outcomes; events are independent, without fused
    /// multiply-add.</summary>
    /// <param name="probabilities">One per event; values above 1 count as 1.</param>
    /// <param name="weight">w, the row's weight.</param>
    /// <param name="sums">[6, events]: −Σ wp, −Σ wp², Σ w²p(1 − p), Σ w²p²(1 − p), Σ w²p³(1 − p), Σ p.</param>
    /// <exception cref="ArgumentException"><paramref name="sums"/> is too short.</exception>
    public static void AddExpected(ReadOnlySpan<double> probabilities, double weight, Span<double> sums)
    {
        int events = probabilities.Length;
        Shape.AtLeast(sums.Length, (long)Count * events, nameof(sums));
        Span<double> gap = sums[..events], slope = sums.Slice(events, events), v0 = sums.Slice(2 * events, events);
        Span<double> v1 = sums.Slice(3 * events, events), v2 = sums.Slice(4 * events, events), expected = sums.Slice(5 * events, events);
        Vector512<double> one = Vector512<double>.One, w = Vector512.Create(weight);
        int k = 0;
        for (; k <= events - Width; k += Width)
        {
            Vector512<double> p = Vector512.Min(DoubleVectors.At(probabilities, k), one), weighted = w * p;
            Vector512<double> variance = w * weighted * (one - p), spread = variance * p;
            DoubleVectors.Put(DoubleVectors.At(gap, k) - weighted, gap, k);
            DoubleVectors.Put(DoubleVectors.At(slope, k) - (weighted * p), slope, k);
            DoubleVectors.Put(DoubleVectors.At(v0, k) + variance, v0, k);
            DoubleVectors.Put(DoubleVectors.At(v1, k) + spread, v1, k);
            DoubleVectors.Put(DoubleVectors.At(v2, k) + (spread * p), v2, k);
            DoubleVectors.Put(DoubleVectors.At(expected, k) + p, expected, k);
        }

        for (; k < events; k++)
        {
            double p = Math.Min(probabilities[k], 1), weighted = weight * p, variance = weight * weighted * (1 - p);
            gap[k] -= weighted;
            slope[k] -= weighted * p;
            v0[k] += variance;
            v1[k] += variance * p;
            v2[k] += variance * p * p;
            expected[k] += p;
        }
    }
}
