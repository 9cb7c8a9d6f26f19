using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Models.Streaming;

/// <summary>Draws a sample of the rows of a stream.</summary>
public static class RowSample
{
    private const ulong Key = 0x726F7773;

    /// <summary>The labelled rows of a stream, or a random sample that depends on their content, positions and the seed.</summary>
    /// <param name="stream">The rows.</param>
    /// <param name="most">The maximum number of rows; fewer where they would take more than 256 MB.</param>
    /// <param name="seed">The seed of the sample.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">There are no rows with a label.</exception>
    public static DataSet Draw(IStreamedRows stream, int most, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
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

    /// <summary>The sampling key of a row.</summary>
    internal static ulong KeyOf(ulong hash, long row, ulong seed) => ByteHash.Mix(ByteHash.Mix(Key, seed), ByteHash.Mix(hash, (ulong)row));
}
