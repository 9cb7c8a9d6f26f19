using System.Numerics;
using System.Runtime.CompilerServices;

namespace Credence.Numerics;

/// <summary>The sparsemax: the point of the simplex nearest to the logits, p_j = max(z_j − τ, 0), with zeros where a softmax has small
/// numbers.</summary>
/// <remarks>
/// (A. Martins, R. Astudillo, From Softmax to Sparsemax, 2016.) Exact: τ from the sorted logits near the largest, their sum in double.
/// Gradient: on the support dp less its mean there, 0 elsewhere. The map is invariant to a constant added to a row; −∞ gives probability 0.
/// A row of only −∞, or with
/// NaN or +∞, gives NaN.
/// </remarks>
public static class Sparsemax
{
    /// <summary>The sparsemax of one row.</summary>
    /// <param name="logits">Scores, one per class.</param>
    /// <param name="probabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="probabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<float> logits, Span<float> probabilities) =>
        SupportRows<float, SparsemaxMap<float>>.Forward(logits, logits.Length, probabilities, 1);

    /// <summary>The sparsemax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    public static void ForwardRows(ReadOnlySpan<float> logits, int classes, Span<float> probabilities, int maxThreads = 1) =>
        SupportRows<float, SparsemaxMap<float>>.Forward(logits, classes, probabilities, maxThreads);

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
        SupportRows<float, SparsemaxMap<float>>.Backward(probabilities, classes, outputGradient, gradient, maxThreads);

    /// <summary>The sparsemax of one row.</summary>
    /// <param name="logits">Scores, one per class.</param>
    /// <param name="probabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="probabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<double> logits, Span<double> probabilities) =>
        SupportRows<double, SparsemaxMap<double>>.Forward(logits, logits.Length, probabilities, 1);

    /// <summary>The sparsemax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    public static void ForwardRows(ReadOnlySpan<double> logits, int classes, Span<double> probabilities, int maxThreads = 1) =>
        SupportRows<double, SparsemaxMap<double>>.Forward(logits, classes, probabilities, maxThreads);

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
        SupportRows<double, SparsemaxMap<double>>.Backward(probabilities, classes, outputGradient, gradient, maxThreads);
}

/// <summary>The sparsemax as a sparse map.</summary>
internal readonly struct SparsemaxMap<T> : ISupportMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static T Scale => T.One;

    /// <inheritdoc/>
    public static double Threshold(ReadOnlySpan<T> rising)
    {
        // The k largest make the support while 1 + k·z_k > Σ z; then τ = (Σ z − 1) / k.
        double sum = 0, threshold = -1;
        for (int k = 1; k <= rising.Length; k++)
        {
            double z = double.CreateTruncating(rising[^k]);
            if (1 + (k * z) <= sum + z)
                break;
            sum += z;
            threshold = (sum - 1) / k;
        }

        return threshold;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V excess)
        where V : struct, ILanes<V, T> => excess;

    /// <inheritdoc/>
    public static double Weight(T probability) => T.IsNaN(probability) ? double.NaN : 1;
}
