namespace Credence.Numerics;

/// <summary>The k largest of every row, found without sorting the row.</summary>
/// <remarks>
/// A heap of the k best seen so far (J. Williams, 1964); whole vectors that hold nothing better than its worst are passed over. Of equal
/// numbers the one with the lower label comes first. NaN counts as less than every number: where a row has fewer than k numbers it ends in
/// its NaN, by their labels. A row of logits without a softmax gives the labels 0 to k − 1 with NaN.
/// </remarks>
public static class TopK
{
    /// <summary>The largest numbers of every row, in falling order.</summary>
    /// <param name="scores">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="count">k: how many to find, from 1 to <paramref name="classes"/>.</param>
    /// <param name="labels">[rows, k]: the columns where they stand.</param>
    /// <param name="values">[rows, k]: the numbers themselves; must not overlap any other span.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match, or <paramref name="values"/> shares memory with
    /// <paramref name="scores"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not from 1 to <paramref name="classes"/>.</exception>
    public static void SelectRows(
        ReadOnlySpan<float> scores, int classes, int count, Span<int> labels, Span<float> values, int maxThreads = 1) =>
        TopKRows.Select(scores, classes, count, labels, values, maxThreads);

    /// <summary>The likeliest labels of every row of logits with their softmax probabilities, likeliest first.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="count">k: how many to find, from 1 to <paramref name="classes"/>.</param>
    /// <param name="labels">[rows, k].</param>
    /// <param name="probabilities">[rows, k], the bits of
    /// <see cref="Softmax.ForwardRows(ReadOnlySpan{float}, int, Span{float}, float, int)"/>; must not overlap any other span.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match, or <paramref name="probabilities"/> shares memory with
    /// <paramref name="logits"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not from 1 to <paramref name="classes"/>, or
    /// <paramref name="temperature"/> not positive and finite.</exception>
    public static void ForwardRows(
        ReadOnlySpan<float> logits, int classes, int count, Span<int> labels, Span<float> probabilities, float temperature = 1,
            int maxThreads = 1) =>
        TopKRows.Forward(logits, classes, count, labels, probabilities, temperature, maxThreads);

    /// <summary>The largest numbers of every row, in falling order.</summary>
    /// <param name="scores">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="count">k: how many to find, from 1 to <paramref name="classes"/>.</param>
    /// <param name="labels">[rows, k]: the columns where they stand.</param>
    /// <param name="values">[rows, k]: the numbers themselves; must not overlap any other span.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match, or <paramref name="values"/> shares memory with
    /// <paramref name="scores"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not from 1 to <paramref name="classes"/>.</exception>
    public static void SelectRows(
        ReadOnlySpan<double> scores, int classes, int count, Span<int> labels, Span<double> values, int maxThreads = 1) =>
        TopKRows.Select(scores, classes, count, labels, values, maxThreads);

    /// <summary>The likeliest labels of every row of logits with their softmax probabilities, likeliest first.</summary>
    /// <param name="logits">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes (columns).</param>
    /// <param name="count">k: how many to find, from 1 to <paramref name="classes"/>.</param>
    /// <param name="labels">[rows, k].</param>
    /// <param name="probabilities">[rows, k], the bits of
    /// <see cref="Softmax.ForwardRows(ReadOnlySpan{double}, int, Span{double}, double, int)"/>; must not overlap any other span.</param>
    /// <param name="temperature">T, positive: above 1 softens, below 1 sharpens.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't match, or <paramref name="probabilities"/> shares memory with
    /// <paramref name="logits"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not from 1 to <paramref name="classes"/>, or
    /// <paramref name="temperature"/> not positive and finite.</exception>
    public static void ForwardRows(
        ReadOnlySpan<double> logits, int classes, int count, Span<int> labels, Span<double> probabilities, double temperature = 1,
            int maxThreads = 1) =>
        TopKRows.Forward(logits, classes, count, labels, probabilities, temperature, maxThreads);
}
