using Credence.Linear.Solvers;

namespace Credence.Linear;

/// <summary>Weights as the products read them: doubles, each feature's classes padded to a stride. All are widened once and kept; where few
/// sparse entries ask for a model's weights, only theirs are, so that one row costs no copy of the model.</summary>
/// <param name="weights">[features, classes], row-major.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class WidenedWeights(float[] weights, int classes)
{
    private double[]? all;

    /// <summary>The length of a feature's block.</summary>
    public int Stride { get; } = RowProducts.Stride(classes);

    /// <summary>The number of features.</summary>
    public int Features => weights.Length / classes;

    /// <summary>Whether <see cref="All"/> was asked for before.</summary>
    public bool IsKept => Volatile.Read(ref all) is not null;

    /// <summary>[features, stride], the padding 0.</summary>
    public double[] All
    {
        get
        {
            if (Volatile.Read(ref all) is { } kept)
                return kept;

            var wide = new double[checked(Features * Stride)];
            for (int j = 0; j < Features; j++)
                Copy(j, wide.AsSpan(j * Stride, Stride));

            return Interlocked.CompareExchange(ref all, wide, null) ?? wide;
        }
    }

    /// <summary>Writes the blocks of some features, one after the other.</summary>
    /// <param name="features">The features, in any order.</param>
    /// <param name="blocks">[features, stride] or longer.</param>
    public void CopyTo(ReadOnlySpan<int> features, Span<double> blocks)
    {
        for (int i = 0; i < features.Length; i++)
            Copy(features[i], blocks.Slice(i * Stride, Stride));
    }

    private void Copy(int feature, Span<double> block)
    {
        ReadOnlySpan<float> row = weights.AsSpan(feature * classes, classes);
        for (int k = 0; k < row.Length; k++)
            block[k] = row[k];

        block[row.Length..].Clear();
    }
}
