using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Sources;

/// <summary>Rows of files of records: text with separators, lines, JSON lines, Parquet.</summary>
internal sealed class RecordSource : IRowSource
{
    private const int CheckStride = 1024, ByteStride = 16;

    /// <summary>A chunk ends before its rows take more.</summary>
    private const long MaxChunkBytes = 1L << 27;

    private readonly IRecordFile[] files;
    private readonly ReadOptions options;
    private readonly ReadPlan plan;
    private readonly IReadOnlyList<string>? labelNames;
    private readonly ExternalLabels? external;
    private readonly Lazy<string> fingerprint;

    /// <summary>Determines the columns: by a pass over the data, or from a model's columns.</summary>
    public RecordSource(
        IRecordFile[] files, ReadOptions options, IReadOnlyList<ColumnSchema>? known, CancellationToken cancellationToken = default)
    {
        this.files = files;
        this.options = options;
        labelNames = LabelFiles.Names(options);
        var notes = new List<string>();
        if (known is not null)
            DoWithoutQuotes(files, cancellationToken);

        plan = known is null ? SchemaInference.Infer(files, options, notes, cancellationToken)
            : SchemaMatching.Match(files, known, options, notes);
        Columns = files[0].Names;
        Notes = [.. files.SelectMany(file => file.Notes).Concat(notes)];
        external = LabelFiles.Labels(options, labelNames);
        if (plan.Rows is { } rows)
            external?.CheckCount(rows, Data);

        bool isText = plan.Schema.Count > 0 && plan.Schema.All(column => column.Kind == ColumnKind.Text);
        Kind = options.Kind ?? (isText ? "text" : "table");
        fingerprint = new Lazy<string>(() => DataFingerprint.Compute(files.Select(file => file.Input)));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ColumnSchema> Schema => plan.Schema;

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public string? LabelName => external is null ? plan.LabelName : external.Column.Name;

    /// <inheritdoc/>
    public string Kind { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <inheritdoc/>
    public DataLayout? Layout => plan.Layout;

    /// <inheritdoc/>
    public string Description =>
        $"{Data}: {files[0].Description}, "
            + $"{Columns.Count} {(Columns.Count == 1 ? "column" : "columns")}{(plan.Rows is { } rows ? $", {rows:N0} rows" : "")}";

    /// <inheritdoc/>
    public string Fingerprint => fingerprint.Value;

    private string Data => files.Length == 1 ? files[0].Input.Name : $"{files[0].Input.Name} and {files.Length - 1} more";

    /// <inheritdoc/>
    public IEnumerable<DataChunk> Read(int rowsPerChunk, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (rowsPerChunk < 1)
            throw new ArgumentOutOfRangeException(nameof(rowsPerChunk), rowsPerChunk, $"'{nameof(rowsPerChunk)}' must be at least 1.");

        return Prefetch.Run(token => Chunks(rowsPerChunk, progress, token), cancellationToken);
    }

    /// <inheritdoc/>
    public DataChunk ReadAll(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        DataChunk[] chunks = [.. Chunks(int.MaxValue, progress, cancellationToken)];
        return chunks.Length == 1 ? chunks[0] : throw new InvalidDataException($"{Data} has no rows.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IRecordFile file in files)
            file.Input.Dispose();
    }

    private IEnumerable<DataChunk> Chunks(int rowsPerChunk, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var builder = new ChunkBuilder(plan, options, labelNames, external);
        long rows = 0;
        for (int f = 0; f < files.Length; f++)
        {
            IRecordFile file = files[f];
            using IRecords records = Open(file);
            HashSet<long>? frame = plan.Frames?[f];
            while (Next(records))
            {
                if (frame?.Contains(records.Line) == true)
                    continue;

                RecordWidth.Check(file, records);
                builder.Add(f, file.Input.Name, records);
                if (++rows % CheckStride == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report((f + file.Input.Progress()) / files.Length);
                }

                bool isFull = rowsPerChunk < int.MaxValue && rows % ByteStride == 0 && builder.Bytes > MaxChunkBytes;
                if (isFull || builder.Rows == rowsPerChunk)
                    yield return builder.Take();
            }
        }

        external?.CheckCount(rows, Data);
        builder.CheckAll(Data);
        if (builder.Rows > 0)
            yield return builder.Take();

        progress?.Report(1);
    }

    /// <summary>Replaces files with unbalanced quotes, as schema inference does, by a pass over those
    /// that have quotes. A stream that can be read only once is taken as it is.</summary>
    private static void DoWithoutQuotes(IRecordFile[] files, CancellationToken cancellationToken)
    {
        for (int f = 0; f < files.Length; f++)
        {
            if (!files[f].Input.CanReopen || files[f].WithoutQuotes() is not { } unquoted || !files[f].Input.Contains((byte)'"'))
                continue;

            try
            {
                using IRecords records = files[f].Open(mistrustQuotes: true);
                while (records.Next())
                    cancellationToken.ThrowIfCancellationRequested();
            }
            catch (MisquotedException)
            {
                files[f] = unquoted;
            }
        }
    }

    private static IRecords Open(IRecordFile file)
    {
        try
        {
            return file.Open(mistrustQuotes: false);
        }
        catch (MisquotedException error)
        {
            throw new InvalidDataException(error.Message);
        }
    }

    private static bool Next(IRecords records)
    {
        try
        {
            return records.Next();
        }
        catch (MisquotedException error)
        {
            throw new InvalidDataException(error.Message);
        }
    }
}
