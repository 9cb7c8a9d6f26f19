using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Weighted sums of scattered blocks of numbers: the product of a sparse matrix of floats with a narrow dense matrix
/// of floats or doubles.</summary>
/// <remarks>
/// Blocks wider than one vector of 32 bytes add their terms in the order of the entries; a single remaining vector alternates two chains,
/// and blocks of one number use four. The order depends on the block's width and the number of entries, so the bits depend neither on
/// the processor nor on the threads.
/// <see cref="SparseProduct"/> sums every element in one chain and takes values of the blocks' type.
/// </remarks>
internal static class SparseCombination
{
    /// <summary>sums_i = Σ_e values_e · blocks[indices_e], with e from starts[i] to starts[i + 1] (excluded).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="starts">One offset per sum plus a final one; the first need not be 0.</param>
    /// <param name="indices">The block of each entry.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="blocks">[blocks, <paramref name="stride"/>].</param>
    /// <param name="sums">[sums, <paramref name="stride"/>], overwritten; must not overlap any other span.</param>
    /// <param name="stride">The length of a block: 1 or a multiple of 8.</param>
    /// <exception cref="ArgumentException">The arrays are inconsistent, or the sums share memory with the blocks.</exception>
    public static unsafe void Compute<T>(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, ReadOnlySpan<T> blocks, Span<T> sums, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(starts, indices, values.Length, blocks.Length, sums.Length, stride);
        Shape.Apart(blocks, sums, nameof(sums));
        fixed (int* index = indices)
        fixed (float* value = values)
        fixed (T* source = blocks, target = sums)
        {
            for (int i = 0; i + 1 < starts.Length; i++)
            {
                int first = starts[i], count = starts[i + 1] - first;
                T* sum = target + (nint)i * stride;
                if (stride == 1)
                    *sum = Dot(index + first, value + first, count, source);
                else
                    Combine(index + first, value + first, count, source, sum, stride);
            }
        }
    }

    private static void Check(ReadOnlySpan<int> starts, ReadOnlySpan<int> indices, int values, int blocks, int sums, int stride)
    {
        if (stride != 1 && (stride <= 0 || stride % 8 != 0))
            throw new ArgumentException($"'{nameof(stride)}' is {stride}; it must be 1 or a multiple of 8.", nameof(stride));

        if (starts.IsEmpty || starts[0] < 0 || starts[^1] > indices.Length)
        {
            throw new ArgumentException(
                $"'{nameof(starts)}' must begin with an offset of at least 0 and end with one of at most the {indices.Length} entries.",
                    nameof(starts));
        }

        for (int i = 0; i + 1 < starts.Length; i++)
        {
            if (starts[i + 1] < starts[i])
                throw new ArgumentException($"'{nameof(starts)}' falls from {starts[i]} to {starts[i + 1]} at {i}.", nameof(starts));
        }

        Shape.AtLeast(values, starts[^1], nameof(values));
        Shape.AtLeast(sums, (starts.Length - 1L) * stride, nameof(sums));
        int wrong = Shape.FirstAtLeast(indices[starts[0]..starts[^1]], blocks / stride);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Entry {starts[0] + wrong} has block {indices[starts[0] + wrong]}; there are {blocks / stride} blocks.", nameof(indices));
        }
    }

    private static unsafe void Combine<T>(int* index, float* value, int count, T* source, T* sum, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Vector256<T>.Count, c = 0;
        // As wide as possible, since every access to a scattered block may miss the cache.
        for (; c + 8 * width <= stride; c += 8 * width)
        {
            Four<T> low = default, high = default;
            for (int e = 0; e < count; e++)
            {
                T* block = source + (nint)index[e] * stride + c;
                Vector256<T> v = Vector256.Create(T.CreateTruncating(value[e]));
                low.Add(v, block);
                high.Add(v, block + 4 * width);
            }

            low.Store(sum + c);
            high.Store(sum + c + 4 * width);
        }

        for (; c + 4 * width <= stride; c += 4 * width)
        {
            Four<T> four = default;
            for (int e = 0; e < count; e++)
                four.Add(Vector256.Create(T.CreateTruncating(value[e])), source + (nint)index[e] * stride + c);

            four.Store(sum + c);
        }

        for (; c + 2 * width <= stride; c += 2 * width)
        {
            Vector256<T> s0 = default, s1 = default;
            for (int e = 0; e < count; e++)
            {
                T* block = source + (nint)index[e] * stride + c;
                Vector256<T> v = Vector256.Create(T.CreateTruncating(value[e]));
                s0 = Vectors.MultiplyAdd(v, Vector256.Load(block), s0);
                s1 = Vectors.MultiplyAdd(v, Vector256.Load(block + width), s1);
            }

            s0.Store(sum + c);
            s1.Store(sum + c + width);
        }

        if (c < stride)
        {
            // With one vector, each sum would wait for the previous product; two chains alternate.
            Vector256<T> even = default, odd = default;
            int e = 0;
            for (; e + 2 <= count; e += 2)
            {
                even = Vectors.MultiplyAdd(Vector256.Create(T.CreateTruncating(value[e])),
                    Vector256.Load(source + (nint)index[e] * stride + c), even);
                odd = Vectors.MultiplyAdd(Vector256.Create(T.CreateTruncating(value[e + 1])),
                    Vector256.Load(source + (nint)index[e + 1] * stride + c), odd);
            }

            if (e < count)
                even = Vectors.MultiplyAdd(Vector256.Create(T.CreateTruncating(value[e])),
                    Vector256.Load(source + (nint)index[e] * stride + c), even);
            (even + odd).Store(sum + c);
        }
    }

    /// <summary>Σ_e value_e · x[index_e], in four chains.</summary>
    private static unsafe T Dot<T>(int* index, float* value, int count, T* x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        int e = 0;
        for (; e + 4 <= count; e += 4)
        {
            s0 = T.FusedMultiplyAdd(T.CreateTruncating(value[e]), x[index[e]], s0);
            s1 = T.FusedMultiplyAdd(T.CreateTruncating(value[e + 1]), x[index[e + 1]], s1);
            s2 = T.FusedMultiplyAdd(T.CreateTruncating(value[e + 2]), x[index[e + 2]], s2);
            s3 = T.FusedMultiplyAdd(T.CreateTruncating(value[e + 3]), x[index[e + 3]], s3);
        }

        for (; e < count; e++)
            s0 = T.FusedMultiplyAdd(T.CreateTruncating(value[e]), x[index[e]], s0);

        return s0 + s1 + (s2 + s3);
    }

    /// <summary>Four adjacent vectors of sums.</summary>
    private struct Four<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private Vector256<T> s0, s1, s2, s3;

        /// <summary>Adds v times the four vectors at <paramref name="block"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe void Add(Vector256<T> v, T* block)
        {
            int width = Vector256<T>.Count;
            s0 = Vectors.MultiplyAdd(v, Vector256.Load(block), s0);
            s1 = Vectors.MultiplyAdd(v, Vector256.Load(block + width), s1);
            s2 = Vectors.MultiplyAdd(v, Vector256.Load(block + 2 * width), s2);
            s3 = Vectors.MultiplyAdd(v, Vector256.Load(block + 3 * width), s3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly unsafe void Store(T* to)
        {
            int width = Vector256<T>.Count;
            s0.Store(to);
            s1.Store(to + width);
            s2.Store(to + 2 * width);
            s3.Store(to + 3 * width);
        }
    }
}
