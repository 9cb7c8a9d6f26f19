using Credence.Features.Matrices;

namespace Credence.Linear.Minibatch;

/// <summary>As many chunks of a stream as are held in memory at a time, their rows numbered through.</summary>
internal sealed class RowBlock
{
    /// <summary>The most bytes of features, whatever the rows.</summary>
    private const long MostBytes = 1 << 26;

    private readonly int[] chunkOf;
    private readonly int[] starts;

    private RowBlock(List<FeatureChunk> chunks)
    {
        Chunks = [.. chunks];
        starts = new int[Chunks.Length];
        for (int c = 1; c < starts.Length; c++)
            starts[c] = starts[c - 1] + Chunks[c - 1].Rows;
        Rows = starts[^1] + Chunks[^1].Rows;
        chunkOf = new int[Rows];
        for (int c = 0; c < starts.Length; c++)
            chunkOf.AsSpan(starts[c], Chunks[c].Rows).Fill(c);
    }

    /// <summary>The chunks.</summary>
    public FeatureChunk[] Chunks { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>Where a row lies.</summary>
    public (FeatureChunk Chunk, int Row) Find(int row) => (Chunks[chunkOf[row]], row - starts[chunkOf[row]]);

    /// <summary>A stream cut into blocks of whole chunks; where depends on the chunks alone.</summary>
    public static IEnumerable<RowBlock> Of(IStreamedFeatures stream, int mostRows, CancellationToken cancellation)
    {
        var chunks = new List<FeatureChunk>();
        long rows = 0, bytes = 0;
        foreach (FeatureChunk chunk in stream.Read(cancellation))
        {
            chunk.Check(stream.Columns, stream.Classes);
            if (chunk.Rows == 0)
                continue;

            long own = Bytes(chunk);
            if (rows > 0 && (rows + chunk.Rows > mostRows || bytes + own > MostBytes))
            {
                yield return new RowBlock(chunks);
                chunks.Clear();
                rows = bytes = 0;
            }

            chunks.Add(chunk);
            rows += chunk.Rows;
            bytes += own;
        }

        if (rows > 0)
            yield return new RowBlock(chunks);
    }

    private static long Bytes(FeatureChunk chunk) => chunk.Features switch
    {
        SparseMatrix sparse => 8L * sparse.Values.Length,
        _ => 4L * chunk.Rows * chunk.Features.Columns,
    };
}
