using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The entmax with α = 1.5, between softmax and sparsemax: p_j = max(z_j / 2 − τ, 0)².</summary>
/// <remarks>
/// (B. Peters, V. Niculae, A. Martins, Sparse Sequence-to-Sequence Models, 2019.) Exact: τ from the sorted logits near the largest, their
/// mean and squares in double. Gradient: with s = √p it is s·(dp − Σ s·dp / Σ s). The map is invariant to a constant added to a row; −∞
/// gives probability 0. A row of only
/// −∞, or with NaN or +∞, gives NaN.
/// </remarks>
public static class Entmax15
{
    /// <summary>The 1.5-entmax of one row.</summary>
    /// <param name="logits">Scores, one per class.</param>
    /// <param name="probabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="probabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<float> logits, Span<float> probabilities) =>
        SupportRows<float, Entmax15Map<float>>.Forward(logits, logits.Length, probabilities, 1);

    /// <summary>The 1.5-entmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    public static void ForwardRows(ReadOnlySpan<float> logits, int classes, Span<float> probabilities, int maxThreads = 1) =>
        SupportRows<float, Entmax15Map<float>>.Forward(logits, classes, probabilities, maxThreads);

    /// <summary>The gradient with respect to the logits of every row.</summary>
    /// <param name="probabilities">[rows, classes]: the result of
    /// <see cref="ForwardRows(ReadOnlySpan{float}, int, Span{float}, int)"/>.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="outputGradient">[rows, classes]: the gradient with respect to the probabilities.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as either.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match, or the spans overlap at an offset.</exception>
    public static void BackwardRows(
        ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<float> outputGradient, Span<float> gradient, int maxThreads = 1) =>
        SupportRows<float, Entmax15Map<float>>.Backward(probabilities, classes, outputGradient, gradient, maxThreads);

    /// <summary>The 1.5-entmax of one row.</summary>
    /// <param name="logits">Scores, one per class.</param>
    /// <param name="probabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="probabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<double> logits, Span<double> probabilities) =>
        SupportRows<double, Entmax15Map<double>>.Forward(logits, logits.Length, probabilities, 1);

    /// <summary>The 1.5-entmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    public static void ForwardRows(ReadOnlySpan<double> logits, int classes, Span<double> probabilities, int maxThreads = 1) =>
        SupportRows<double, Entmax15Map<double>>.Forward(logits, classes, probabilities, maxThreads);

    /// <summary>The gradient with respect to the logits of every row.</summary>
    /// <param name="probabilities">[rows, classes]: the result of
    /// <see cref="ForwardRows(ReadOnlySpan{double}, int, Span{double}, int)"/>.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="outputGradient">[rows, classes]: the gradient with respect to the probabilities.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as either.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match, or the spans overlap at an offset.</exception>
    public static void BackwardRows(
        ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<double> outputGradient, Span<double> gradient, int maxThreads = 1) =>
        SupportRows<double, Entmax15Map<double>>.Backward(probabilities, classes, outputGradient, gradient, maxThreads);
}

/// <summary>The 1.5-entmax as a sparse map.</summary>
internal readonly struct Entmax15Map<T> : ISupportMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static T Scale => T.CreateTruncating(0.5);

    /// <inheritdoc/>
    public static double Threshold(ReadOnlySpan<T> rising)
    {
        // With the mean and the squared deviations of the k largest (B. Welford, 1962): τ_k = mean − √((1 − squares) / k), while τ_k ≤ z_k.
        double mean = 0, squares = 0, threshold = -1;
        for (int k = 1; k <= rising.Length; k++)
        {
            double z = double.CreateTruncating(rising[^k]), step = z - mean;
            mean += step / k;
            squares += step * (z - mean);
            double next = mean - Math.Sqrt(Math.Max(0, (1 - squares) / k));
            if (next > z)
                break;
            threshold = next;
        }

        return threshold;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V excess)
        where V : struct, ILanes<V, T> => excess * excess;

    /// <inheritdoc/>
    public static double Weight(T probability) => Math.Sqrt(double.CreateTruncating(probability));
}
