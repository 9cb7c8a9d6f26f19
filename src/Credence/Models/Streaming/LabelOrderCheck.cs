using System.Runtime.InteropServices;

namespace Credence.Models.Streaming;

/// <summary>Detects a stream that is sorted by its labels: training from disk shuffles rows within blocks only, and a block with few of the
/// classes biases the model.</summary>
/// <remarks>Compares the probability that two rows of a block have the same class with that of two rows of the whole stream (Simpson's
/// index, 1949, unbiased).</remarks>
/// <param name="blockRows">The number of rows shuffled at a time.</param>
internal sealed class LabelOrderCheck(int blockRows)
{
    private const double LeastShare = 0.25, LeastRatio = 3;
    private readonly Dictionary<string, long> inBlock = new(StringComparer.Ordinal), inAll = new(StringComparer.Ordinal);
    private double samePairs, pairs;
    private long rows, block;

    /// <summary>Adds the next row.</summary>
    public void Add(string label)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(inBlock, label, out _)++;
        if (++block == blockRows)
            EndBlock();
    }

    /// <summary>The warning, after all rows were added; null where there is none.</summary>
    public string? Warning()
    {
        if (rows == 0)
            return null;

        EndBlock();
        double within = samePairs / pairs, among = Same(inAll) / ((double)rows * (rows - 1));
        return within > among + (LeastShare * (1 - among)) || within > LeastRatio * among
            ? $"the rows are sorted by their labels, and training from disk shuffles {blockRows:N0} rows at a time, so the model will be "
                + "poor: shuffle the file first"
            : null;
    }

    private void EndBlock()
    {
        samePairs += Same(inBlock);
        pairs += (double)block * Math.Max(0, block - 1);
        rows += block;
        block = 0;
        foreach ((string label, long count) in inBlock)
            CollectionsMarshal.GetValueRefOrAddDefault(inAll, label, out _) += count;

        inBlock.Clear();
    }

    private static double Same(Dictionary<string, long> counts) => counts.Values.Sum(count => (double)count * (count - 1));
}
