using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Models.Streaming;

/// <summary>Rows of a stream, all of them or as many as are asked for.</summary>
public static class RowSample
{
    private const ulong Key = 0x726F7773;

    /// <summary>The labelled rows of a stream, or a random choice of them that depends on their content, their places and the seed.</summary>
    /// <param name="stream">The rows.</param>
    /// <param name="most">The most rows to keep; fewer where they are so long that they would take more than 256 MB.</param>
    /// <param name="seed">Decides which rows are kept.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">There are no rows with a label.</exception>
    public static DataSet Draw(IStreamedRows stream, int most, ulong seed, CancellationToken cancellationToken = default)
    {
        var sample = new BottomKSample(1, most);
        foreach (DataChunk chunk in stream.Read(null, cancellationToken))
        {
            DataSet part = chunk.ToStreamedPart();
            Labels labels = part.Labels!;
            ulong[] keys = RowHash.Compute(part.Features);
            for (int row = 0; row < keys.Length; row++)
                keys[row] = KeyOf(keys[row], chunk.FirstRow + row, seed);
            sample.Offer(part, [.. Enumerable.Range(0, keys.Length).Where(row => labels[row] >= 0)], keys);
        }

        return sample.Take() is { } rows
            ? new DataSet(rows.Features, Labels.From(CategoryColumn.FromNames("label", rows.Labels)))
            {
                Weights = rows.Weights,
                Places = rows.Places,
            }
            : throw new InvalidDataException("None of the rows has a label.");
    }

    /// <summary>A row's place in the order in which rows are kept.</summary>
    internal static ulong KeyOf(ulong hash, long row, ulong seed) => ByteHash.Mix(ByteHash.Mix(Key, seed), ByteHash.Mix(hash, (ulong)row));
}
