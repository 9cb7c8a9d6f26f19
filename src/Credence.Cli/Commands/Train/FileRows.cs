using Credence.Data;
using Credence.Files.Records;

namespace Credence.Cli.Commands.Train;

/// <summary>The rows of files, read a chunk at a time as often as asked.</summary>
internal sealed class FileRows(IRowSource source) : IStreamedRows
{
    private const int MostRows = 4096;
    private const long MostCells = 1 << 22;

    /// <inheritdoc/>
    public IEnumerable<RowChunk> Read(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        long cells = source.Schema.Sum(column => column.Shape.Aggregate(1L, (product, length) => product * length));
        int rows = (int)Math.Clamp(MostCells / Math.Max(1, cells), 16, MostRows);
        foreach (DataChunk chunk in source.Read(rows, progress, cancellationToken))
        {
            if (chunk.LabelSets is not null)
                throw new UsageException("--label-separator can't be with --stream, which needs one label a row.");
            if (chunk.Split is not null || chunk.Times is not null)
                throw new UsageException("--split-column and --split-by-time can't be with --stream, which holds out rows by a hash of their content.");

            yield return new RowChunk(
                new DataSet(chunk.Features, Labels.From(chunk.Labels ?? throw new InvalidDataException("The rows have no labels."))) { Weights = chunk.Weights },
                chunk.FirstRow)
            {
                Groups = chunk.Groups is { } groups ? [.. Enumerable.Range(0, chunk.Rows).Select(row => groups[row])] : null,
                Place = row => chunk.PlaceOf(row).ToString(),
            };
        }
    }
}
