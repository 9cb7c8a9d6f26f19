namespace Credence.Numerics;

/// <summary>The softmax: p_j = e^(z_j / T) / Σ_k e^(z_k / T), of any finite logits, without overflow.</summary>
/// <remarks>
/// Each row is shifted by its own maximum. −∞ gives probability 0. A row of only −∞, or with NaN or +∞, gives NaN.
/// Without a temperature a float's probability is within 4 ulp of the exact one.
/// </remarks>
public static unsafe class Softmax
{
    /// <summary>The softmax of one row.</summary>
    /// <param name="logits">Scores, one per class.</param>
    /// <param name="probabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="probabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<float> logits, Span<float> probabilities) =>
        SoftmaxRows.Forward(logits, logits.Length, probabilities, 1f, 1);

    /// <summary>The softmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardRows(
        ReadOnlySpan<float> logits, int classes, Span<float> probabilities, float temperature = 1, int maxThreads = 1) =>
        SoftmaxRows.Forward(logits, classes, probabilities, temperature, maxThreads);

    /// <summary>
    /// The softmax of every row over the elements that take part. The others count as logits of −∞: their probability is 0, and a row of
    /// which none takes part is NaN.
    /// </summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="mask">[rows, classes]: whether an element takes part, whatever its logit is.</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardMaskedRows(
        ReadOnlySpan<float> logits, int classes, ReadOnlySpan<bool> mask, Span<float> probabilities, float temperature = 1,
            int maxThreads = 1)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.Exactly(mask.Length, logits.Length, nameof(mask));
        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        float scale = Shape.Scale(temperature);
        fixed (float* x = logits, y = probabilities)
        fixed (bool* m = mask)
            SoftmaxRows.Run(new MaskedRows<float>(x, m), new MemoryRows<float>(y), rows, classes, scale, x == y,
                Chunks.Threads(maxThreads));
    }

    /// <summary>The softmax along the middle axis of a tensor.</summary>
    /// <param name="logits">[outer, axis, inner], row-major.</param>
    /// <param name="axis">The axis's length: the number of classes.</param>
    /// <param name="inner">Elements from one class to the next; with 1 it is the softmax of rows.</param>
    /// <param name="probabilities">[outer, axis, inner]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The length is no multiple of axis·inner, or the spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="temperature"/> is not positive and finite, or <paramref name="axis"/> or <paramref name="inner"/> is negative.
    /// </exception>
    public static void ForwardAxis(
        ReadOnlySpan<float> logits, int axis, int inner, Span<float> probabilities, float temperature = 1, int maxThreads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        int outer = Shape.Rows(logits.Length, checked(axis * inner), nameof(logits));
        if (inner == 1)
        {
            ForwardRows(logits, axis, probabilities, temperature, maxThreads);
            return;
        }

        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        float scale = Shape.Scale(temperature);
        fixed (float* x = logits, y = probabilities)
            SoftmaxAxis.Run(x, outer, axis, inner, scale, y, Chunks.Threads(maxThreads));
    }

    /// <summary>
    /// A gradient with respect to probabilities taken back to the logits: the product with the softmax's Jacobian, p∘(g − p·g) / T, row by
    /// row.
    /// </summary>
    /// <param name="probabilities">[rows, classes]: p, as the forward methods give them.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="outputGradient">[rows, classes]: g.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as either.</param>
    /// <param name="temperature">T, as it was for the probabilities.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void BackwardRows(
        ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<float> outputGradient, Span<float> gradient, float temperature = 1,
            int maxThreads = 1)
    {
        int rows = Shape.Rows(probabilities.Length, classes, nameof(probabilities));
        Shape.Exactly(outputGradient.Length, probabilities.Length, nameof(outputGradient));
        Shape.AtLeast(gradient.Length, probabilities.Length, nameof(gradient));
        Shape.SameOrApart(probabilities, gradient[..probabilities.Length], nameof(gradient));
        Shape.SameOrApart(outputGradient, gradient[..probabilities.Length], nameof(gradient));
        float scale = Shape.Scale(temperature);
        fixed (float* p = probabilities, g = outputGradient, y = gradient)
            SoftmaxGradient.Run(p, g, rows, classes, scale, y, Chunks.Threads(maxThreads));
    }

    /// <summary>The softmax of one row.</summary>
    /// <param name="logits">Scores, one per class.</param>
    /// <param name="probabilities">At least as long; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="probabilities"/> is too short or overlaps at an offset.</exception>
    public static void Forward(ReadOnlySpan<double> logits, Span<double> probabilities) =>
        SoftmaxRows.Forward(logits, logits.Length, probabilities, 1.0, 1);

    /// <summary>The softmax of every row of a matrix.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardRows(
        ReadOnlySpan<double> logits, int classes, Span<double> probabilities, double temperature = 1, int maxThreads = 1) =>
        SoftmaxRows.Forward(logits, classes, probabilities, temperature, maxThreads);

    /// <summary>
    /// The softmax of every row over the elements that take part. The others count as logits of −∞: their probability is 0, and a row of
    /// which none takes part is NaN.
    /// </summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="mask">[rows, classes]: whether an element takes part, whatever its logit is.</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardMaskedRows(
        ReadOnlySpan<double> logits, int classes, ReadOnlySpan<bool> mask, Span<double> probabilities, double temperature = 1,
            int maxThreads = 1)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.Exactly(mask.Length, logits.Length, nameof(mask));
        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        double scale = Shape.Scale(temperature);
        fixed (double* x = logits, y = probabilities)
        fixed (bool* m = mask)
            SoftmaxRows.Run(new MaskedRows<double>(x, m), new MemoryRows<double>(y), rows, classes, scale, x == y,
                Chunks.Threads(maxThreads));
    }

    /// <summary>The softmax along the middle axis of a tensor.</summary>
    /// <param name="logits">[outer, axis, inner], row-major.</param>
    /// <param name="axis">The axis's length: the number of classes.</param>
    /// <param name="inner">Elements from one class to the next; with 1 it is the softmax of rows.</param>
    /// <param name="probabilities">[outer, axis, inner]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The length is no multiple of axis·inner, or the spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="temperature"/> is not positive and finite, or <paramref name="axis"/> or <paramref name="inner"/> is negative.
    /// </exception>
    public static void ForwardAxis(
        ReadOnlySpan<double> logits, int axis, int inner, Span<double> probabilities, double temperature = 1, int maxThreads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        int outer = Shape.Rows(logits.Length, checked(axis * inner), nameof(logits));
        if (inner == 1)
        {
            ForwardRows(logits, axis, probabilities, temperature, maxThreads);
            return;
        }

        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        double scale = Shape.Scale(temperature);
        fixed (double* x = logits, y = probabilities)
            SoftmaxAxis.Run(x, outer, axis, inner, scale, y, Chunks.Threads(maxThreads));
    }

    /// <summary>
    /// A gradient with respect to probabilities taken back to the logits: the product with the softmax's Jacobian, p∘(g − p·g) / T, row by
    /// row.
    /// </summary>
    /// <param name="probabilities">[rows, classes]: p, as the forward methods give them.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="outputGradient">[rows, classes]: g.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as either.</param>
    /// <param name="temperature">T, as it was for the probabilities.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void BackwardRows(
        ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<double> outputGradient, Span<double> gradient, double temperature = 1,
            int maxThreads = 1)
    {
        int rows = Shape.Rows(probabilities.Length, classes, nameof(probabilities));
        Shape.Exactly(outputGradient.Length, probabilities.Length, nameof(outputGradient));
        Shape.AtLeast(gradient.Length, probabilities.Length, nameof(gradient));
        Shape.SameOrApart(probabilities, gradient[..probabilities.Length], nameof(gradient));
        Shape.SameOrApart(outputGradient, gradient[..probabilities.Length], nameof(gradient));
        double scale = Shape.Scale(temperature);
        fixed (double* p = probabilities, g = outputGradient, y = gradient)
            SoftmaxGradient.Run(p, g, rows, classes, scale, y, Chunks.Threads(maxThreads));
    }

    /// <summary>The softmax of every row of a matrix in half precision, computed in float and rounded once.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void ForwardRows(
        ReadOnlySpan<Half> logits, int classes, Span<Half> probabilities, float temperature = 1, int maxThreads = 1)
    {
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        float scale = Shape.Scale(temperature);
        fixed (Half* x = logits, y = probabilities)
            SoftmaxRows.Run(new HalfRows(x), new HalfRows(y), rows, classes, scale, x == y, Chunks.Threads(maxThreads));
    }
}
