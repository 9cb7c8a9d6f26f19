using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Training.Optimization;

/// <summary>Sparse vectors one after another: the rows of a matrix, or its columns.</summary>
/// <param name="starts">Vector i has the entries starts[i] to starts[i + 1].</param>
/// <param name="indices">The place of each entry in its vector.</param>
/// <param name="values">The value of each entry.</param>
internal sealed class CompressedVectors(int[] starts, int[] indices, float[] values)
{
    public int Count => starts.Length - 1;

    public ReadOnlySpan<int> Indices(int vector) => indices.AsSpan(starts[vector], starts[vector + 1] - starts[vector]);

    public ReadOnlySpan<float> Values(int vector) => values.AsSpan(starts[vector], starts[vector + 1] - starts[vector]);

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

    /// <summary>The same places, the values squared.</summary>
    public CompressedVectors Squared() => new(starts, indices, Array.ConvertAll(values, value => value * value));

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

    /// <summary>sum = start + Σ_e value_e · blocks[index_e], each block as long as <paramref name="sum"/>, a multiple of 8.</summary>
    /// <param name="vector">Whose entries.</param>
    /// <param name="blocks">A block for every index.</param>
    /// <param name="start">What the sum begins with, or empty for 0.</param>
    /// <param name="sum">The result.</param>
    public void Combine(int vector, double[] blocks, ReadOnlySpan<double> start, Span<double> sum)
    {
        int stride = sum.Length, from = starts[vector], to = starts[vector + 1];
        if (stride == 1)
        {
            sum[0] = (start.IsEmpty ? 0 : start[0]) + Dot(from, to, blocks);
            return;
        }

        ref double source = ref MemoryMarshal.GetArrayDataReference(blocks);
        ref int index = ref MemoryMarshal.GetArrayDataReference(indices);
        ref float value = ref MemoryMarshal.GetArrayDataReference(values);
        int c = 0;
        for (; c + 32 <= stride; c += 32)
        {
            Vector512<double> s0 = Begin(start, c), s1 = Begin(start, c + 8), s2 = Begin(start, c + 16), s3 = Begin(start, c + 24);
            for (int e = from; e < to; e++)
            {
                ref double block = ref Unsafe.Add(ref source, (nint)Unsafe.Add(ref index, e) * stride + c);
                Vector512<double> v = Vector512.Create((double)Unsafe.Add(ref value, e));
                s0 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref block), s0);
                s1 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref block, 8), s1);
                s2 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref block, 16), s2);
                s3 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref block, 24), s3);
            }

            s0.CopyTo(sum[c..]);
            s1.CopyTo(sum[(c + 8)..]);
            s2.CopyTo(sum[(c + 16)..]);
            s3.CopyTo(sum[(c + 24)..]);
        }

        for (; c + 16 <= stride; c += 16)
        {
            Vector512<double> s0 = Begin(start, c), s1 = Begin(start, c + 8);
            for (int e = from; e < to; e++)
            {
                ref double block = ref Unsafe.Add(ref source, (nint)Unsafe.Add(ref index, e) * stride + c);
                Vector512<double> v = Vector512.Create((double)Unsafe.Add(ref value, e));
                s0 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref block), s0);
                s1 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref block, 8), s1);
            }

            s0.CopyTo(sum[c..]);
            s1.CopyTo(sum[(c + 8)..]);
        }

        if (c < stride)
        {
            Vector512<double> s0 = Begin(start, c);
            for (int e = from; e < to; e++)
            {
                ref double block = ref Unsafe.Add(ref source, (nint)Unsafe.Add(ref index, e) * stride + c);
                s0 = Vector512.FusedMultiplyAdd(Vector512.Create((double)Unsafe.Add(ref value, e)), Vector512.LoadUnsafe(ref block), s0);
            }

            s0.CopyTo(sum[c..]);
        }
    }

    /// <summary>Σ_e value_e · x[index_e], in four chains.</summary>
    private double Dot(int from, int to, double[] x)
    {
        ref double source = ref MemoryMarshal.GetArrayDataReference(x);
        ref int index = ref MemoryMarshal.GetArrayDataReference(indices);
        ref float value = ref MemoryMarshal.GetArrayDataReference(values);
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int e = from;
        for (; e + 4 <= to; e += 4)
        {
            s0 = Math.FusedMultiplyAdd(Unsafe.Add(ref value, e), Unsafe.Add(ref source, Unsafe.Add(ref index, e)), s0);
            s1 = Math.FusedMultiplyAdd(Unsafe.Add(ref value, e + 1), Unsafe.Add(ref source, Unsafe.Add(ref index, e + 1)), s1);
            s2 = Math.FusedMultiplyAdd(Unsafe.Add(ref value, e + 2), Unsafe.Add(ref source, Unsafe.Add(ref index, e + 2)), s2);
            s3 = Math.FusedMultiplyAdd(Unsafe.Add(ref value, e + 3), Unsafe.Add(ref source, Unsafe.Add(ref index, e + 3)), s3);
        }

        for (; e < to; e++)
            s0 = Math.FusedMultiplyAdd(Unsafe.Add(ref value, e), Unsafe.Add(ref source, Unsafe.Add(ref index, e)), s0);

        return s0 + s1 + (s2 + s3);
    }

    private static Vector512<double> Begin(ReadOnlySpan<double> start, int c) =>
        start.IsEmpty ? Vector512<double>.Zero : Vector512.Create(start.Slice(c, 8));
}
