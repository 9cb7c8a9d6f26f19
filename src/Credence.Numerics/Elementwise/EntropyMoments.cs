using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Moments of ln p under p, and of its product with p; probabilities of 0 are ignored.</summary>
/// <param name="Mean">Σ p·ln p, the negative of the entropy.</param>
/// <param name="Square">Σ p·(ln p)².</param>
/// <param name="Squares">Σ p².</param>
/// <param name="Cross">Σ p²·ln p.</param>
/// <param name="Spread">Σ [p·(ln p − Mean)]².</param>
internal readonly record struct EntropyMoments(double Mean, double Square, double Squares, double Cross, double Spread)
{
    /// <summary>Computes the moments, in eight lanes as <see cref="DoubleVectors"/> adds, without fused multiply-add; NaN
    /// propagates.</summary>
    /// <param name="p">Probabilities.</param>
    /// <param name="logs">Their logarithms, at least as many; not read where p is 0, or NaN.</param>
    /// <exception cref="ArgumentException"><paramref name="logs"/> is shorter than <paramref name="p"/>.</exception>
    public static EntropyMoments Compute(ReadOnlySpan<double> p, ReadOnlySpan<double> logs)
    {
        Shape.AtLeast(logs.Length, p.Length, nameof(logs));
        Vector512<double> means = default, twice = default, both = default, crossed = default;
        int k = 0;
        for (; k <= p.Length - DoubleVectors.Width; k += DoubleVectors.Width)
        {
            Vector512<double> q = DoubleVectors.At(p, k), log = Logarithm(q, logs, k), product = q * log;
            means += product;
            twice += product * log;
            both += q * q;
            crossed += q * product;
        }

        double mean = DoubleVectors.Fold(means), square = DoubleVectors.Fold(twice), squares = DoubleVectors.Fold(both),
            cross = DoubleVectors.Fold(crossed);
        for (; k < p.Length; k++)
        {
            double product = p[k] > 0 ? p[k] * logs[k] : 0;
            mean += product;
            square += p[k] > 0 ? product * logs[k] : 0;
            squares += p[k] * p[k];
            cross += p[k] * product;
        }

        Vector512<double> curve = default, centre = Vector512.Create(mean);
        for (k = 0; k <= p.Length - DoubleVectors.Width; k += DoubleVectors.Width)
        {
            Vector512<double> q = DoubleVectors.At(p, k), change = q * (Logarithm(q, logs, k) - centre);
            curve += change * change;
        }

        double spread = DoubleVectors.Fold(curve);
        for (; k < p.Length; k++)
        {
            double change = p[k] > 0 ? p[k] * (logs[k] - mean) : 0;
            spread += change * change;
        }

        return new EntropyMoments(mean, square, squares, cross, spread);
    }

    private static Vector512<double> Logarithm(Vector512<double> p, ReadOnlySpan<double> logs, int start) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(p, default), DoubleVectors.At(logs, start), default);
}
