namespace Credence.Features.Matrices;

/// <summary>Receives the features of one row after the other, into a dense block or as sparse entries.</summary>
internal sealed class FeatureRow
{
    private readonly float[]? dense;
    private int[] indices = [];
    private float[] values = [];

    private FeatureRow(float[]? dense) => this.dense = dense;

    /// <summary>Where the next encoder's feature 0 goes: an index into the dense block, or the column in a sparse row.</summary>
    public int Offset { get; set; }

    /// <summary>The entries written so far to a sparse block.</summary>
    public int Count { get; private set; }

    /// <summary>The columns of the sparse entries.</summary>
    public ReadOnlySpan<int> Indices => indices.AsSpan(0, Count);

    /// <summary>The values of the sparse entries.</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, Count);

    /// <summary>Writes into a block that is all zeros.</summary>
    public static FeatureRow Dense(float[] block) => new(block);

    /// <summary>Collects entries.</summary>
    public static FeatureRow Sparse() => new(null);

    /// <summary>Sets a feature of the current encoder; encoders call it with increasing features.</summary>
    public void Set(int feature, float value)
    {
        if (dense is not null)
        {
            dense[Offset + feature] = value;
        }
        else if (value != 0)
        {
            if (Count == indices.Length)
            {
                Array.Resize(ref indices, Math.Max(128, checked(Count * 2)));
                Array.Resize(ref values, indices.Length);
            }

            indices[Count] = Offset + feature;
            values[Count++] = value;
        }
    }
}
