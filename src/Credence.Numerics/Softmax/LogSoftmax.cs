namespace Credence.Numerics;

/// <summary>The logarithm of the softmax: z_j / T − ln Σ_k e^(z_k / T), finite where the softmax itself has underflowed to 0.</summary>
/// <remarks>Each row is shifted by its own maximum. −∞ gives −∞. A row of only −∞, or with NaN or +∞, gives NaN.</remarks>
public static class LogSoftmax
{
    /// <summary>The log-softmax of one row.</summary>
    /// <param name="logits">Scores, one per class.</param>
    /// <param name="logProbabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="logProbabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<float> logits, Span<float> logProbabilities) =>
        ForwardRows(logits, logits.Length, logProbabilities);

    /// <summary>The log-softmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="logProbabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardRows(
        ReadOnlySpan<float> logits, int classes, Span<float> logProbabilities, float temperature = 1, int maxThreads = 1)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(logProbabilities.Length, logits.Length, nameof(logProbabilities));
        Shape.SameOrApart(logits, logProbabilities[..logits.Length], nameof(logProbabilities));
        float scale = Shape.Scale(temperature);
        LogSumExpRows.Forward(logits, rows, classes, scale, [], logProbabilities[..logits.Length], Chunks.Threads(maxThreads));
    }

    /// <summary>The log-softmax of one row.</summary>
    /// <param name="logits">Scores, one per class.</param>
    /// <param name="logProbabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="logProbabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<double> logits, Span<double> logProbabilities) =>
        ForwardRows(logits, logits.Length, logProbabilities);

    /// <summary>The log-softmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="logProbabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardRows(
        ReadOnlySpan<double> logits, int classes, Span<double> logProbabilities, double temperature = 1, int maxThreads = 1)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(logProbabilities.Length, logits.Length, nameof(logProbabilities));
        Shape.SameOrApart(logits, logProbabilities[..logits.Length], nameof(logProbabilities));
        double scale = Shape.Scale(temperature);
        LogSumExpRows.Forward(logits, rows, classes, scale, [], logProbabilities[..logits.Length], Chunks.Threads(maxThreads));
    }
}
