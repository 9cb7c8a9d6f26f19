using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>Rows of typed columns in a file or a folder, read in chunks or at once. Not thread-safe.</summary>
public interface IRowSource : IStreamedRows, IDisposable
{
    /// <summary>The columns a model may use, in the order of the tables that are read.</summary>
    IReadOnlyList<ColumnSchema> Schema { get; }

    /// <summary>Every column of the data, including those with another role and those left out.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The name of the label column, or of what else gives the label; null where there is no label.</summary>
    string? LabelName { get; }

    /// <summary>The kind of rows: table, text, image, audio or interactions.</summary>
    string Kind { get; }

    /// <summary>What was detected, each in one line with the option that overrides it. May grow while rows are read.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>How the data are laid out and each column is read; null where they are not a table of text.</summary>
    DataLayout? Layout => null;

    /// <summary>A short description of the data for a person.</summary>
    string Description { get; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal digits; empty for standard input.</summary>
    string Fingerprint { get; }

    /// <summary>Reads the rows in order, a chunk at a time, with at most two chunks read ahead.</summary>
    /// <param name="rowsPerChunk">The maximum number of rows in a chunk, at least 1.</param>
    /// <param name="progress">Receives the fraction read, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The data is invalid: the message says where and why.</exception>
    IEnumerable<DataChunk> Read(int rowsPerChunk, IProgress<double>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the rows in chunks of up to 4,096 rows, fewer where rows are long.</summary>
    /// <param name="progress">Receives the fraction read, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The data is invalid: the message says where and why.</exception>
    IEnumerable<DataChunk> IStreamedRows.Read(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        const int MostRows = 4096;
        const long MostCells = 1 << 22;
        long cells = Schema.Sum(column => column.Shape.Aggregate(1L, (product, length) => product * length));
        return Read((int)Math.Clamp(MostCells / Math.Max(1, cells), 16, MostRows), progress, cancellationToken);
    }

    /// <summary>Reads all rows as one chunk.</summary>
    /// <exception cref="InvalidDataException">The data is invalid: the message says where and why.</exception>
    DataChunk ReadAll(IProgress<double>? progress = null, CancellationToken cancellationToken = default);
}
