using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Sums by probability bin, for many classes at once.</summary>
internal static class BinSums
{
    /// <summary>Adds whole vectors of eight elements as long as all eight are at most an edge: with many classes most probabilities lie in
    /// the first bin.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="start">The first element to add.</param>
    /// <param name="edge">The upper edge of the bin; NaN is above it.</param>
    /// <param name="weight">The row's weight.</param>
    /// <param name="sums">Σ weight·x of each element's place, at least as long as <paramref name="x"/>.</param>
    /// <param name="weights">Σ weight of each element's place, at least as long.</param>
    /// <returns>The first element that was not added: the start of a vector with an element above the edge, or of a remainder shorter than
    /// a
    /// vector.</returns>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative.</exception>
    public static int AddWhileAtMost(ReadOnlySpan<double> x, int start, double edge, double weight, Span<double> sums, Span<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        Shape.AtLeast(sums.Length, x.Length, nameof(sums));
        Shape.AtLeast(weights.Length, x.Length, nameof(weights));
        Vector512<double> most = Vector512.Create(edge), w = Vector512.Create(weight);
        int k = start;
        while (k <= x.Length - DoubleVectors.Width && Vector512.LessThanOrEqualAll(DoubleVectors.At(x, k), most))
        {
            DoubleVectors.Put(DoubleVectors.At(sums, k) + (w * DoubleVectors.At(x, k)), sums, k);
            DoubleVectors.Put(DoubleVectors.At(weights, k) + w, weights, k);
            k += DoubleVectors.Width;
        }

        return k;
    }
}
