using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Credence.Optimization;

namespace Credence.Linear.Solvers;

/// <summary>Sparse vectors one after another: the rows of a matrix, or its columns.</summary>
/// <param name="starts">Vector i has the entries starts[i] to starts[i + 1].</param>
/// <param name="indices">The place of each entry in its vector.</param>
/// <param name="values">The value of each entry.</param>
internal sealed class CompressedVectors(int[] starts, int[] indices, float[] values)
{
    public int Count => starts.Length - 1;

    /// <summary>The other way round: columns from rows.</summary>
    /// <param name="length">The length of the vectors.</param>
    public CompressedVectors Transpose(int length)
    {
        var turnedStarts = new int[length + 1];
        foreach (int index in indices)
            turnedStarts[index + 1]++;
        for (int j = 0; j < length; j++)
            turnedStarts[j + 1] += turnedStarts[j];

        int[] next = turnedStarts[..length];
        var turnedIndices = new int[indices.Length];
        var turnedValues = new float[values.Length];
        for (int i = 0; i < Count; i++)
        {
            for (int e = starts[i]; e < starts[i + 1]; e++)
            {
                int place = next[indices[e]]++;
                turnedIndices[place] = i;
                turnedValues[place] = values[e];
            }
        }

        return new CompressedVectors(turnedStarts, turnedIndices, turnedValues);
    }

    /// <summary>Cuts the vectors into runs of about as many entries each; run c is the vectors cuts[c] to cuts[c + 1].</summary>
    public int[] Cut(int entries)
    {
        var cuts = new List<int> { 0 };
        int taken = 0;
        for (int i = 0; i < Count; i++)
        {
            // A vector costs a little even where it is empty.
            taken += starts[i + 1] - starts[i] + 4;
            if (taken >= entries || i == Count - 1)
            {
                cuts.Add(i + 1);
                taken = 0;
            }
        }

        return [.. cuts];
    }

    /// <summary>sums_i = Σ_e value_e · blocks[index_e] for the vectors from, to (excluded); a block is <paramref name="stride"/> numbers, one or a
    /// multiple of eight.</summary>
    public unsafe void Combine<T>(int from, int to, T[] blocks, T[] sums, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (int* index = indices)
        fixed (float* value = values)
        fixed (T* source = blocks, target = sums)
        {
            for (int i = from; i < to; i++)
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

    private static unsafe void Combine<T>(int* index, float* value, int count, T* source, T* sum, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Vector256<T>.Count, c = 0;
        // Wide, since each block lies somewhere else in memory: the fewer times it is come by the better.
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
            // One vector wide, a sum would wait for each product; two chains take turns.
            Vector256<T> even = default, odd = default;
            int e = 0;
            for (; e + 2 <= count; e += 2)
            {
                even = Vectors.MultiplyAdd(Vector256.Create(T.CreateTruncating(value[e])), Vector256.Load(source + (nint)index[e] * stride + c), even);
                odd = Vectors.MultiplyAdd(Vector256.Create(T.CreateTruncating(value[e + 1])), Vector256.Load(source + (nint)index[e + 1] * stride + c), odd);
            }

            if (e < count)
                even = Vectors.MultiplyAdd(Vector256.Create(T.CreateTruncating(value[e])), Vector256.Load(source + (nint)index[e] * stride + c), even);
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

    /// <summary>Four vectors of sums side by side.</summary>
    private struct Four<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private Vector256<T> s0, s1, s2, s3;

        /// <summary>Adds v times what stands from <paramref name="block"/> on.</summary>
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
