namespace Credence.Data;

/// <summary>Rows that need not fit into memory: read from the first to the last as often as asked, and the same rows in the same order every time.</summary>
public interface IStreamedRows
{
    /// <summary>Reads all rows in order, a chunk at a time. Every chunk has the same columns; its classes may be others than the next
    /// one's.</summary>
    /// <param name="progress">Told the part that is read, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The data is not what it should be: the message says where and why.</exception>
    IEnumerable<DataChunk> Read(IProgress<double>? progress = null, CancellationToken cancellationToken = default);
}
