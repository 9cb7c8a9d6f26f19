using System.Runtime.InteropServices;

namespace Credence.Models.Streaming;

/// <summary>Whether the rows of a stream stand sorted by their labels: training from disk shuffles within blocks of rows only, and a block that holds few of the
/// classes pulls the model its way.</summary>
/// <remarks>Compares the chance that two rows of one block are of one class with that of two rows of the whole (Simpson's concentration, 1949, without its bias).</remarks>
/// <param name="blockRows">Rows that are shuffled at a time.</param>
internal sealed class LabelOrderCheck(int blockRows)
{
    private const double LeastShare = 0.25, LeastRatio = 3;
    private readonly Dictionary<string, long> inBlock = new(StringComparer.Ordinal), inAll = new(StringComparer.Ordinal);
    private double samePairs, pairs;
    private long rows, block;

    /// <summary>Takes the next row.</summary>
    public void Add(string label)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(inBlock, label, out _)++;
        if (++block == blockRows)
            EndBlock();
    }

    /// <summary>The sentence that says so, once all rows were taken; null where there is nothing to say.</summary>
    public string? Warning()
    {
        if (rows == 0)
            return null;

        EndBlock();
        double within = samePairs / pairs, among = Same(inAll) / ((double)rows * (rows - 1));
        return within > among + (LeastShare * (1 - among)) || within > LeastRatio * among
            ? $"the rows stand sorted by their labels, and training from disk mixes {blockRows:N0} rows at a time, so the model will be poor: shuffle the file first"
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
