namespace Credence.Numerics;

/// <summary>Draws from the softmax of rows of logits, by the Gumbel-max trick: the arg max of logits plus independent Gumbel draws is a
/// draw from it.</summary>
/// <remarks>
/// E. Gumbel, 1954; the k largest are k draws without replacement (W. Kool, H. van Hoof, M. Welling, Stochastic Beams and Where to Find
/// Them, 2019); the softmax in the arg max's place can be differentiated (E. Jang, S. Gu, B. Poole; C. Maddison, A. Mnih, Y. Teh, 2017).
/// The draws of a row depend on the generator's seed and the row's number alone, so that they are the same however rows are divided over
/// threads.
/// </remarks>
public static class Gumbel
{
    /// <summary>Draws a label from the softmax of every row.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">[rows]: what was drawn; −1 where the row has no softmax.</param>
    /// <param name="rng">The generator; row i uses its stream i, and the generator itself is unchanged.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>.</exception>
    public static void SampleRows(ReadOnlySpan<float> logits, int classes, Span<int> labels, Rng rng, int maxThreads = 1) =>
        GumbelRows.Sample(logits, classes, 1, labels, rng, maxThreads);

    /// <summary>Draws labels from the softmax of every row without putting any back.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="count">k: how many to draw from each row, from 1 to <paramref name="classes"/>.</param>
    /// <param name="labels">[rows, k]: what was drawn, first draws first; −1 where nothing is left that has a probability, and all where
    /// the row has no softmax.</param>
    /// <param name="rng">The generator; row i uses its stream i, and the generator itself is unchanged.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not from 1 to <paramref name="classes"/>.</exception>
    public static void SampleRows(ReadOnlySpan<float> logits, int classes, int count, Span<int> labels, Rng rng, int maxThreads = 1) =>
        GumbelRows.Sample(logits, classes, count, labels, rng, maxThreads);

    /// <summary>The Gumbel-softmax: the softmax of (logits + Gumbel draws) / T, a draw that can be differentiated.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="rng">The generator; row i uses its stream i, and the generator itself is unchanged.</param>
    /// <param name="temperature">T, positive: towards 0 the rows become the draws of
    /// <see cref="SampleRows(ReadOnlySpan{float}, int, Span{int}, Rng, int)"/>.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void RelaxRows(
        ReadOnlySpan<float> logits, int classes, Span<float> probabilities, Rng rng, float temperature = 1, int maxThreads = 1) =>
        GumbelRows.Relax(logits, classes, probabilities, default, rng, temperature, maxThreads);

    /// <summary>The straight-through draw: 1 for the label drawn and 0 for the others, beside the Gumbel-softmax that its gradient goes
    /// through.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]: the Gumbel-softmax, for
    /// <see cref="BackwardRows(ReadOnlySpan{float}, int, ReadOnlySpan{float}, Span{float}, float, int)"/>; may be the same memory as
    /// <paramref name="logits"/>.</param>
    /// <param name="draws">[rows, classes]; must not overlap any other span. NaN where the row has no softmax.</param>
    /// <param name="rng">The generator; row i uses its stream i, and the generator itself is unchanged.</param>
    /// <param name="temperature">T, positive.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void StraightThroughRows(
        ReadOnlySpan<float> logits, int classes, Span<float> probabilities, Span<float> draws, Rng rng, float temperature = 1,
            int maxThreads = 1)
    {
        Shape.AtLeast(draws.Length, logits.Length, nameof(draws));
        Shape.Apart(logits, draws, nameof(draws));
        Shape.Apart<float>(probabilities, draws, nameof(draws));
        GumbelRows.Relax(logits, classes, probabilities, draws[..logits.Length], rng, temperature, maxThreads);
    }

    /// <summary>The gradient with respect to the logits through the Gumbel-softmax: p·(dp − Σ p·dp) / T a row.</summary>
    /// <param name="probabilities">[rows, classes]: the Gumbel-softmax.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="outputGradient">[rows, classes]: the gradient with respect to it, or to the straight-through draws.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as either.</param>
    /// <param name="temperature">T, as in the forward pass.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match, or the spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void BackwardRows(
        ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<float> outputGradient, Span<float> gradient, float temperature = 1,
            int maxThreads = 1) =>
        GumbelRows.Backward(probabilities, classes, outputGradient, gradient, temperature, maxThreads);

    /// <summary>Draws a label from the softmax of every row.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="labels">[rows]: what was drawn; −1 where the row has no softmax.</param>
    /// <param name="rng">The generator; row i uses its stream i, and the generator itself is unchanged.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>.</exception>
    public static void SampleRows(ReadOnlySpan<double> logits, int classes, Span<int> labels, Rng rng, int maxThreads = 1) =>
        GumbelRows.Sample(logits, classes, 1, labels, rng, maxThreads);

    /// <summary>Draws labels from the softmax of every row without putting any back.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="count">k: how many to draw from each row, from 1 to <paramref name="classes"/>.</param>
    /// <param name="labels">[rows, k]: what was drawn, first draws first; −1 where nothing is left that has a probability, and all where
    /// the row has no softmax.</param>
    /// <param name="rng">The generator; row i uses its stream i, and the generator itself is unchanged.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not from 1 to <paramref name="classes"/>.</exception>
    public static void SampleRows(ReadOnlySpan<double> logits, int classes, int count, Span<int> labels, Rng rng, int maxThreads = 1) =>
        GumbelRows.Sample(logits, classes, count, labels, rng, maxThreads);

    /// <summary>The Gumbel-softmax: the softmax of (logits + Gumbel draws) / T, a draw that can be differentiated.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]; may be the same memory as <paramref name="logits"/>.</param>
    /// <param name="rng">The generator; row i uses its stream i, and the generator itself is unchanged.</param>
    /// <param name="temperature">T, positive: towards 0 the rows become the draws of
    /// <see cref="SampleRows(ReadOnlySpan{double}, int, Span{int}, Rng, int)"/>.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap at an
    /// offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void RelaxRows(
        ReadOnlySpan<double> logits, int classes, Span<double> probabilities, Rng rng, double temperature = 1, int maxThreads = 1) =>
        GumbelRows.Relax(logits, classes, probabilities, default, rng, temperature, maxThreads);

    /// <summary>The straight-through draw: 1 for the label drawn and 0 for the others, beside the Gumbel-softmax that its gradient goes
    /// through.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="probabilities">[rows, classes]: the Gumbel-softmax, for
    /// <see cref="BackwardRows(ReadOnlySpan{double}, int, ReadOnlySpan{double}, Span{double}, double, int)"/>; may be the same memory as
    /// <paramref name="logits"/>.</param>
    /// <param name="draws">[rows, classes]; must not overlap any other span. NaN where the row has no softmax.</param>
    /// <param name="rng">The generator; row i uses its stream i, and the generator itself is unchanged.</param>
    /// <param name="temperature">T, positive.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match <paramref name="classes"/>, or the spans overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void StraightThroughRows(
        ReadOnlySpan<double> logits, int classes, Span<double> probabilities, Span<double> draws, Rng rng, double temperature = 1,
            int maxThreads = 1)
    {
        Shape.AtLeast(draws.Length, logits.Length, nameof(draws));
        Shape.Apart(logits, draws, nameof(draws));
        Shape.Apart<double>(probabilities, draws, nameof(draws));
        GumbelRows.Relax(logits, classes, probabilities, draws[..logits.Length], rng, temperature, maxThreads);
    }

    /// <summary>The gradient with respect to the logits through the Gumbel-softmax: p·(dp − Σ p·dp) / T a row.</summary>
    /// <param name="probabilities">[rows, classes]: the Gumbel-softmax.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="outputGradient">[rows, classes]: the gradient with respect to it, or to the straight-through draws.</param>
    /// <param name="gradient">[rows, classes]; may be the same memory as either.</param>
    /// <param name="temperature">T, as in the forward pass.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match, or the spans overlap at an offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not positive and finite.</exception>
    public static void BackwardRows(
        ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<double> outputGradient, Span<double> gradient, double temperature = 1,
            int maxThreads = 1) =>
        GumbelRows.Backward(probabilities, classes, outputGradient, gradient, temperature, maxThreads);
}
