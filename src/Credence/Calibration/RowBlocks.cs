using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Threading;

namespace Credence.Calibration;

/// <summary>Blocks of rows of logits, so that results are used while they are in the cache; <see cref="RowChunks"/> are larger.</summary>
internal static class RowBlocks
{
    private const int Values = 1 << 15;

    /// <summary>Runs an action on each block: the rows from, to (excluded).</summary>
    public static void For(Logits logits, int maxThreads, Action<int, int> body)
    {
        int size = Math.Max(1, Values / logits.Classes);
        Pieces.For(Chunks.Count(logits.Rows, size), maxThreads, block => body(block * size, Math.Min(logits.Rows, (block + 1) * size)));
    }

    /// <summary>The [rows, classes] result of an action on blocks of rows.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core.</param>
    /// <param name="part">Computes the result of the rows from, to (excluded).</param>
    public static double[] Whole(Logits logits, int maxThreads, Action<int, int, Span<double>> part)
    {
        int classes = logits.Classes;
        double[] whole = LargeArray.Uninitialized<double>(logits.Rows * logits.Classes);
        For(logits, maxThreads, (from, to) => part(from, to, whole.AsSpan(from * classes, (to - from) * classes)));
        return whole;
    }
}
