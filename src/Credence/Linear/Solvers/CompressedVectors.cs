using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>Sparse vectors one after another: the rows of a matrix, or its columns.</summary>
/// <param name="starts">Vector i has the entries starts[i] to starts[i + 1].</param>
/// <param name="indices">The place of each entry in its vector.</param>
/// <param name="values">The value of each entry.</param>
internal sealed class CompressedVectors(int[] starts, int[] indices, float[] values)
{
    public int Count => starts.Length - 1;

    /// <summary>The transpose: columns from rows.</summary>
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
            // An empty vector has a small cost too.
            taken += starts[i + 1] - starts[i] + 4;
            if (taken >= entries || i == Count - 1)
            {
                cuts.Add(i + 1);
                taken = 0;
            }
        }

        return [.. cuts];
    }

    /// <summary>sums_i = Σ_e value_e · blocks[index_e] for the vectors from, to (excluded); a block is <paramref name="stride"/> numbers,
    /// one or a multiple of eight.</summary>
    public void Combine<T>(int from, int to, T[] blocks, T[] sums, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SparseCombination.Compute(starts.AsSpan(from, to - from + 1), indices, values, blocks,
            sums.AsSpan(from * stride, (to - from) * stride), stride);
}
