namespace Credence.Data;

/// <summary>Rows that need not fit into memory. They can be read any number of times, from first to last, in the same order every
/// time.</summary>
public interface IStreamedRows
{
    /// <summary>Reads all rows in order, a chunk at a time. Every chunk has the same columns; its classes may differ from the next
    /// chunk's.</summary>
    /// <param name="progress">Receives the fraction of the rows read so far, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The data is invalid; the message says where and why.</exception>
    IEnumerable<DataChunk> Read(IProgress<double>? progress = null, CancellationToken cancellationToken = default);
}
