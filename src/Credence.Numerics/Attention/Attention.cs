namespace Credence.Numerics;

/// <summary>Scaled dot-product attention: softmax(Q·Kᵀ / √depth)·V for every head, without the matrix of scores ever being
/// stored.</summary>
/// <remarks>
/// Online softmax (M. Milakov, N. Gimelshein, 2018) over blocks of 48 queries and 128 keys (FlashAttention: T. Dao et al., 2022). Memory
/// grows with the number of keys times the depth of one head. Matrices are row-major, heads outermost. A query with no key in sight gives
/// NaN, as the softmax of a row of only −∞ does, and a logarithm of −∞; one with a score that is NaN or +∞ gives NaN in both. What a hidden
/// key or its value holds, even NaN, has no effect on the output. In the backward pass a query with no key in sight adds nothing to any
/// gradient.
/// </remarks>
public static class Attention
{
    /// <summary>The mean of the values, weighted by the softmax of each query's scores.</summary>
    /// <param name="queries">[heads, queries, depth].</param>
    /// <param name="keys">[heads, keys, depth].</param>
    /// <param name="values">[heads, keys, depth].</param>
    /// <param name="output">[heads, queries, depth]; must not overlap any other span.</param>
    /// <param name="shape">The numbers of heads, queries, keys and depth, and whether attention is causal.</param>
    /// <param name="keyMask">For each key, for all heads alike, whether it may be seen; empty if all may.</param>
    /// <param name="logSumExp">[heads, queries]: the logarithm of the sum of the scores' exponentials, which the backward pass needs; or
    /// empty.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or an output shares memory with an input.</exception>
    public static void Forward(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> keys, ReadOnlySpan<float> values, Span<float> output, AttentionShape shape,
        ReadOnlySpan<bool> keyMask = default, Span<float> logSumExp = default, int maxThreads = 1) =>
        AttentionPlan.Forward(queries, keys, values, output, shape, keyMask, logSumExp, maxThreads);

    /// <summary>The gradients of a loss by queries, keys and values, from its gradient by the output.</summary>
    /// <param name="queries">[heads, queries, depth], as in the forward pass; so are keys, values, shape and mask.</param>
    /// <param name="keys">[heads, keys, depth].</param>
    /// <param name="values">[heads, keys, depth].</param>
    /// <param name="output">[heads, queries, depth]: from the forward pass.</param>
    /// <param name="logSumExp">[heads, queries]: from the forward pass.</param>
    /// <param name="outputGradient">[heads, queries, depth].</param>
    /// <param name="queryGradient">[heads, queries, depth], overwritten; must not overlap any other span; so must the other two.</param>
    /// <param name="keyGradient">[heads, keys, depth], overwritten.</param>
    /// <param name="valueGradient">[heads, keys, depth], overwritten.</param>
    /// <param name="shape">The numbers of heads, queries, keys and depth, and whether attention is causal.</param>
    /// <param name="keyMask">For each key, for all heads alike, whether it may be seen; empty if all may.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or a gradient shares memory with another span.</exception>
    public static void Backward(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> keys, ReadOnlySpan<float> values, ReadOnlySpan<float> output,
            ReadOnlySpan<float> logSumExp,
        ReadOnlySpan<float> outputGradient, Span<float> queryGradient, Span<float> keyGradient, Span<float> valueGradient,
            AttentionShape shape,
        ReadOnlySpan<bool> keyMask = default, int maxThreads = 1) =>
        AttentionPlan.Backward(
            queries, keys, values, output, logSumExp, outputGradient, queryGradient, keyGradient, valueGradient, shape, keyMask,
                maxThreads);

    /// <summary>The mean of the values, weighted by the softmax of each query's scores.</summary>
    /// <param name="queries">[heads, queries, depth].</param>
    /// <param name="keys">[heads, keys, depth].</param>
    /// <param name="values">[heads, keys, depth].</param>
    /// <param name="output">[heads, queries, depth]; must not overlap any other span.</param>
    /// <param name="shape">The numbers of heads, queries, keys and depth, and whether attention is causal.</param>
    /// <param name="keyMask">For each key, for all heads alike, whether it may be seen; empty if all may.</param>
    /// <param name="logSumExp">[heads, queries]: the logarithm of the sum of the scores' exponentials, which the backward pass needs; or
    /// empty.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or an output shares memory with an input.</exception>
    public static void Forward(
        ReadOnlySpan<double> queries, ReadOnlySpan<double> keys, ReadOnlySpan<double> values, Span<double> output, AttentionShape shape,
        ReadOnlySpan<bool> keyMask = default, Span<double> logSumExp = default, int maxThreads = 1) =>
        AttentionPlan.Forward(queries, keys, values, output, shape, keyMask, logSumExp, maxThreads);

    /// <summary>The gradients of a loss by queries, keys and values, from its gradient by the output.</summary>
    /// <param name="queries">[heads, queries, depth], as in the forward pass; so are keys, values, shape and mask.</param>
    /// <param name="keys">[heads, keys, depth].</param>
    /// <param name="values">[heads, keys, depth].</param>
    /// <param name="output">[heads, queries, depth]: from the forward pass.</param>
    /// <param name="logSumExp">[heads, queries]: from the forward pass.</param>
    /// <param name="outputGradient">[heads, queries, depth].</param>
    /// <param name="queryGradient">[heads, queries, depth], overwritten; must not overlap any other span; so must the other two.</param>
    /// <param name="keyGradient">[heads, keys, depth], overwritten.</param>
    /// <param name="valueGradient">[heads, keys, depth], overwritten.</param>
    /// <param name="shape">The numbers of heads, queries, keys and depth, and whether attention is causal.</param>
    /// <param name="keyMask">For each key, for all heads alike, whether it may be seen; empty if all may.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span's length is not its shape's, or a gradient shares memory with another span.</exception>
    public static void Backward(
        ReadOnlySpan<double> queries, ReadOnlySpan<double> keys, ReadOnlySpan<double> values, ReadOnlySpan<double> output,
            ReadOnlySpan<double> logSumExp,
        ReadOnlySpan<double> outputGradient, Span<double> queryGradient, Span<double> keyGradient, Span<double> valueGradient,
            AttentionShape shape,
        ReadOnlySpan<bool> keyMask = default, int maxThreads = 1) =>
        AttentionPlan.Backward(
            queries, keys, values, output, logSumExp, outputGradient, queryGradient, keyGradient, valueGradient, shape, keyMask,
                maxThreads);
}
