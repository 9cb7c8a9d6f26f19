using Credence.Data.Columns;
using Credence.Numerics;

namespace Credence.Features.Text;

/// <summary>The document frequency of each n-gram: the number of texts it occurs in.</summary>
/// <remarks>
/// Chunks of a fixed number of texts are counted on several threads and added in the chunks' order. Memory is
/// bounded: whenever more than <see cref="MostCounted"/> n-grams are held, the rarest are dropped, with a threshold that rises
/// each time, so that the counts of frequent n-grams, which make the vocabulary, are exact or nearly so (lossy counting,
/// G. Manku, R. Motwani, 2002).
/// </remarks>
internal sealed class DocumentFrequencies
{
    private const int RowsPerChunk = 1024;
    private const int ChunksPerRound = 16;
    private const int MostCounted = 1 << 23;

    private GramTable table = new();
    private int[] counts = new int[1024];
    private int floor = 1;

    private DocumentFrequencies()
    {
    }

    /// <summary>The n-grams, numbered.</summary>
    public GramTable Grams => table;

    /// <summary>The number of texts each n-gram occurs in.</summary>
    public ReadOnlySpan<int> Counts => counts.AsSpan(0, table.Count);

    /// <summary>Counts over a column.</summary>
    public static DocumentFrequencies Count(TextColumn column, IGramReader reader, int maxThreads, CancellationToken cancellationToken)
    {
        var all = new DocumentFrequencies();
        int chunks = (column.Count + RowsPerChunk - 1) / RowsPerChunk;
        for (int first = 0; first < chunks; first += ChunksPerRound)
        {
            var parts = new DocumentFrequencies[Math.Min(ChunksPerRound, chunks - first)];
            int from = first;
            Chunks.For(
                parts.Length, maxThreads, part =>
                    parts[part] = CountChunk(column, reader, (from + part) * RowsPerChunk, cancellationToken), cancellationToken);
            foreach (DocumentFrequencies part in parts)
                all.Add(part);
        }

        return all;
    }

    private static DocumentFrequencies CountChunk(TextColumn column, IGramReader reader, int first, CancellationToken cancellationToken)
    {
        var chunk = new DocumentFrequencies();
        var list = new GramList();
        var lastRow = new int[chunk.counts.Length];
        for (int row = first; row < Math.Min(first + RowsPerChunk, column.Count); row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reader.Read(column.Utf8(row), list);
            foreach (ref readonly Gram gram in list.Grams)
            {
                int number = chunk.table.Add(list.Bytes(gram), gram.Hash);
                if (number == chunk.counts.Length)
                {
                    Array.Resize(ref chunk.counts, number * 2);
                    Array.Resize(ref lastRow, number * 2);
                }

                // Rows are stored plus one, so that 0 means none.
                if (lastRow[number] != row + 1)
                {
                    lastRow[number] = row + 1;
                    chunk.counts[number]++;
                }
            }
        }

        return chunk;
    }

    private void Add(DocumentFrequencies part)
    {
        for (int i = 0; i < part.table.Count; i++)
            Add(part.table[i], part.table.Hash(i), part.counts[i]);

        while (table.Count > MostCounted)
            Prune(floor++);
    }

    private void Add(ReadOnlySpan<byte> gram, ulong hash, int count)
    {
        int number = table.Add(gram, hash);
        if (number >= counts.Length)
            Array.Resize(ref counts, Math.Max(number + 1, counts.Length * 2));

        counts[number] += count;
    }

    /// <summary>Drops the n-grams with at most a given count.</summary>
    private void Prune(int most)
    {
        var (all, allCounts) = (table, counts);
        table = new GramTable();
        counts = new int[1024];
        for (int i = 0; i < all.Count; i++)
        {
            if (allCounts[i] > most)
                Add(all[i], all.Hash(i), allCounts[i]);
        }
    }
}
