using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Media;
using Credence.Files.Records;

namespace Credence.Files.Sources;

/// <summary>Rows that are one file each: pictures, sounds or texts.</summary>
internal sealed class MediaSource : IRowSource
{
    private readonly MediaFolder folder;
    private readonly MediaDecoder decoder;
    private readonly ReadOptions options;
    private readonly ExternalLabels? external;
    private readonly CategoryColumn? labels;
    private readonly CategoryColumn? groups;
    private readonly string name;
    private readonly Lazy<string> fingerprint;

    /// <summary>Detects what the files have in common.</summary>
    public MediaSource(string name, MediaFolder folder, ReadOptions options, IReadOnlyList<ColumnSchema>? known,
        CancellationToken cancellationToken)
    {
        this.name = name;
        this.options = options;
        var notes = new List<string>(folder.Notes);
        IReadOnlyList<string>? labelNames = LabelFiles.Names(options);
        external = LabelFiles.Labels(options, labelNames);
        external?.CheckCount(folder.Paths.Length, name);
        if (options.SkipBad > 0)
        {
            int[] kept = ReadableMedia.Of(folder, options, notes, cancellationToken);
            folder = folder.Select(kept);
            if (external is { } all)
                external = new ExternalLabels(all.File, (CategoryColumn)all.Column.Select(kept), row => all.PlaceOf(kept[row]));
        }

        this.folder = folder;
        decoder = MediaDecoder.Of(folder, options, known, notes, cancellationToken);
        labels = folder.Labels is null || external is not null ? null : Numbered(folder.LabelName, folder.Labels, labelNames);
        groups = folder.Groups is null ? null : CategoryColumn.FromNames("group", folder.Groups);
        Notes = notes;
        Kind = options.Kind ?? decoder.Schema.Kind.ToString().ToLowerInvariant();
        fingerprint = new Lazy<string>(() => folder.Fingerprint());
    }

    /// <inheritdoc/>
    public IReadOnlyList<ColumnSchema> Schema => [decoder.Schema];

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => [decoder.Schema.Name];

    /// <inheritdoc/>
    public string? LabelName => external?.Column.Name ?? labels?.Name;

    /// <inheritdoc/>
    public string Kind { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <inheritdoc/>
    public string Description =>
        $"{name}: {folder.Paths.Length:N0} "
            + $"{(folder.Kind switch { MediaKind.Image => "pictures", MediaKind.Audio => "sounds", _ => "texts" })}";

    /// <inheritdoc/>
    public string Fingerprint => fingerprint.Value;

    /// <inheritdoc/>
    public IEnumerable<DataChunk> Read(int rowsPerChunk, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (rowsPerChunk < 1)
            throw new ArgumentOutOfRangeException(nameof(rowsPerChunk), rowsPerChunk, $"'{nameof(rowsPerChunk)}' must be at least 1.");

        return Prefetch.Run(token => Chunks(rowsPerChunk, progress, token), cancellationToken);
    }

    /// <inheritdoc/>
    public DataChunk ReadAll(IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Chunk(0, folder.Paths.Length, progress, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Files are open only while they are read, but for the table they may lie in.
        folder.Table?.Dispose();
    }

    private static CategoryColumn Numbered(string name, string[] names, IReadOnlyList<string>? labelNames)
    {
        var builder = new CategoryBuilder(name, new MissingMarkers([""]), labelNames);
        foreach (string label in names)
        {
            if (!builder.TryAdd(label))
                throw new InvalidDataException($"the label '{NameDisplay.Shortened(label)}' is not {builder.Expected}.");
        }

        builder.CheckStart(name);
        return (CategoryColumn)builder.Take();
    }

    private IEnumerable<DataChunk> Chunks(int rowsPerChunk, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int most = Math.Min(rowsPerChunk, decoder.MaxChunkRows);
        for (int first = 0; first < folder.Paths.Length; first += most)
            yield return Chunk(first, Math.Min(most, folder.Paths.Length - first), progress, cancellationToken);

        progress?.Report(1);
    }

    private DataChunk Chunk(int first, int count, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int[] rows = [.. Enumerable.Range(first, count)];
        return new DataChunk(new Table([decoder.Column(first, count, progress, cancellationToken)]), first)
        {
            Labels = external?.Slice(first, count) ?? labels?.Select(rows) as CategoryColumn,
            Groups = groups?.Select(rows) as CategoryColumn,
            Positive = options.Positive,
            Places = RowPlaces.OfNames([.. folder.Names.Skip(first).Take(count)]),
        };
    }
}
