using Credence.Features.Matrices;

namespace Credence.Linear.Minibatch;

/// <summary>The chunks of a stream that are in memory at a time, with their rows numbered consecutively.</summary>
internal sealed class RowBlock
{
    /// <summary>The maximum size of the features in bytes, for any number of rows.</summary>
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

    /// <summary>The chunk and position of a row.</summary>
    public (FeatureChunk Chunk, int Row) Find(int row) => (Chunks[chunkOf[row]], row - starts[chunkOf[row]]);

    /// <summary>A stream cut into blocks of whole chunks; the cuts depend only on the chunks.</summary>
    public static IEnumerable<RowBlock> Of(IStreamedFeatures stream, int mostRows, CancellationToken cancellationToken)
    {
        var chunks = new List<FeatureChunk>();
        long rows = 0, bytes = 0;
        foreach (FeatureChunk chunk in stream.Read(cancellationToken))
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
