using Credence.Features.Matrices;

namespace Credence.Linear.Minibatch;

/// <summary>A chunk of rows for a learner.</summary>
/// <param name="Features">[rows, columns], all finite.</param>
/// <param name="Labels">The class of each row, none missing.</param>
/// <param name="Weights">The weight of each row, with a mean of 1 over all rows; null where all are 1.</param>
public sealed record FeatureChunk(IFeatureMatrix Features, int[] Labels, float[]? Weights = null)
{
    /// <summary>The number of rows.</summary>
    public int Rows => Features.Rows;

    /// <exception cref="ArgumentException">The chunk does not fit the stream.</exception>
    internal void Check(int columns, int classes)
    {
        if (Features.Columns != columns)
            throw new ArgumentException($"A chunk has {Features.Columns} features; the stream has {columns}.");
        if (Labels.Length != Rows || (Weights is not null && Weights.Length != Rows))
            throw new ArgumentException($"A chunk of {Rows} rows has {Labels.Length} labels{(Weights is null ? "" : $" and "
                + $"{Weights.Length} weights")}; each row needs one.");
        foreach (int label in Labels)
        {
            if (label < 0 || label >= classes)
                throw new ArgumentException($"A row is of class {label}; with {classes} classes it must be 0 to {classes - 1}.");
        }
    }
}
