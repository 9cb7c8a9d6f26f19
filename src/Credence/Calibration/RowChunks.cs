using Credence.Numerics;

namespace Credence.Calibration;

/// <summary>Rows split into at most 64 chunks, by their number alone.</summary>
internal readonly struct RowChunks
{
    private const int Most = 64, LeastValues = 16384;
    private readonly int rows, size;

    public RowChunks(int rows, int classes)
    {
        this.rows = rows;
        size = Math.Max((rows + Most - 1) / Most, Math.Max(1, LeastValues / classes));
        Count = (rows + size - 1) / size;
    }

    /// <summary>The number of chunks.</summary>
    public int Count { get; }

    /// <summary>The rows of a chunk.</summary>
    public (int From, int To) this[int chunk] => (chunk * size, Math.Min(rows, (chunk + 1) * size));

    /// <summary>Runs an action on each chunk, then sums the results in order.</summary>
    /// <param name="length">Values per result.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core.</param>
    /// <param name="body">Adds the rows from, to (excluded) to a result that begins at 0.</param>
    /// <param name="cancellationToken">Checked before each chunk.</param>
    public double[] Sum(int length, int maxThreads, Action<int, int, double[]> body, CancellationToken cancellationToken = default)
    {
        RowChunks chunks = this;
        var parts = new double[Count][];
        Chunks.For(Count, maxThreads, chunk =>
        {
            parts[chunk] = new double[length];
            (int from, int to) = chunks[chunk];
            body(from, to, parts[chunk]);
        }, cancellationToken);

        var sum = new double[length];
        foreach (double[] part in parts)
        {
            for (int i = 0; i < length; i++)
                sum[i] += part[i];
        }

        return sum;
    }
}
