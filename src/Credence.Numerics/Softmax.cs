namespace Credence.Numerics;

/// <summary>The softmax: p_j = e^(z_j / T) / Σ_k e^(z_k / T), of any finite logits, without overflow.</summary>
/// <remarks>
/// Each row is shifted by its own maximum. −∞ gives probability 0. A row of only −∞, or with NaN or +∞, gives NaN.
/// Without a temperature a float's probability is within 4 ulp of the exact one.
/// </remarks>
public static class Softmax
{
    /// <summary>The softmax of one row.</summary>
    /// <param name="logits">Scores, one a class.</param>
    /// <param name="probabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="probabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<float> logits, Span<float> probabilities) =>
        SoftmaxRows.Forward(logits, logits.Length, probabilities, 1f, 1);

    /// <summary>The softmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">Columns a row.</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't fit <paramref name="classes"/>, or the spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardRows(ReadOnlySpan<float> logits, int classes, Span<float> probabilities, float temperature = 1, int threads = 1) =>
        SoftmaxRows.Forward(logits, classes, probabilities, temperature, threads);

    /// <summary>The softmax of one row.</summary>
    /// <param name="logits">Scores, one a class.</param>
    /// <param name="probabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="probabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<double> logits, Span<double> probabilities) =>
        SoftmaxRows.Forward(logits, logits.Length, probabilities, 1.0, 1);

    /// <summary>The softmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">Columns a row.</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't fit <paramref name="classes"/>, or the spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardRows(ReadOnlySpan<double> logits, int classes, Span<double> probabilities, double temperature = 1, int threads = 1) =>
        SoftmaxRows.Forward(logits, classes, probabilities, temperature, threads);
}
