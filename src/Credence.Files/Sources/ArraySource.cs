using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Arrays;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Sources;

/// <summary>Rows of arrays: idx, or NumPy's archives.</summary>
internal sealed class ArraySource : IRowSource
{
    private readonly DataChunk all;
    private readonly InputFile file;
    private readonly string name;
    private readonly Lazy<string> fingerprint;

    /// <summary>Reads the arrays.</summary>
    /// <exception cref="InvalidDataException">They can't be read, have different numbers of rows, or don't match the model.</exception>
    public ArraySource(InputFile file, IReadOnlyList<ArrayValues> arrays, ReadOptions options, IReadOnlyList<ColumnSchema>? known)
    {
        this.file = file;
        name = file.Name;
        var notes = new List<string>();
        bool isSplit = false;
        if (options is { LabelsFile: null, Label: null, SplitColumn: null } && ArrayParts.Joined(arrays, name) is { } joined)
        {
            notes.Add($"{name}: the arrays of its parts are joined, and the parts are those of the arrays' names.");
            (arrays, isSplit) = (joined, true);
        }

        string[] names = [.. arrays.Select(array => array.Name)];
        int label = options.LabelsFile is not null ? -1
            : options.Label is not null ? ColumnRoles.Find(name, names, options.Label, ReadOptionNames.Label, isLenient: known is not null)
            : Array.FindIndex(names, array => ArrayLabels.Names.Contains(array) && names.Length > 1);
        string?[] others = [options.Weight, options.Group, isSplit ? ArrayParts.Split : options.SplitColumn];
        int[] positions = [.. others.Select((option, i) => option is null ? -1
            : ColumnRoles.Find(
                name,
                names,
                option,
                i switch { 0 => ReadOptionNames.Weight, 1 => ReadOptionNames.Group, _ => ReadOptionNames.SplitColumn },
                isLenient: known is not null))];
        int[] dropped = [.. options.Drop.Select(option => ColumnRoles.Find(name, names, option, ReadOptionNames.Drop, isLenient: false))];
        ArrayValues[] features = [.. arrays.Where((_, i) => i != label && !positions.Contains(i) && !dropped.Contains(i))];
        int rows = arrays[0].Rows;
        if (arrays.FirstOrDefault(array => array.Rows != rows) is { } odd)
            throw new InvalidDataException(
                $"{name}: array '{odd.Name}' has {odd.Rows:N0} rows, array '{arrays[0].Name}' {rows:N0}; they must be as many.");

        if (rows == 0)
            throw new InvalidDataException($"{name} has no rows.");

        IReadOnlyList<string>? labelNames = LabelFiles.Names(options);
        ExternalLabels? external = LabelFiles.Labels(options, labelNames);
        external?.CheckCount(rows, name);
        IColumn[] columns = [.. features.Select(array => ArrayColumn.Of(array, name))];
        if (known is not null)
            columns = [.. known.Select(column => ArrayColumn.Matching(columns, column, name))];

        all = new DataChunk(new Table(columns, rows), 0)
        {
            Labels = external?.Column ?? (label < 0 ? null : ArrayColumn.Categories(arrays[label], file, labelNames)),
            Weights = positions[0] < 0 ? null : ArrayColumn.Weights(arrays[positions[0]], name),
            Groups = positions[1] < 0 ? null : ArrayColumn.Categories(arrays[positions[1]], file, null),
            Split = positions[2] < 0 ? null : ArrayColumn.Categories(arrays[positions[2]], file, null),
            Positive = options.Positive,
            Places = RowPlaces.OfRows(file.Name, 0, rows),
        };
        Columns = names;
        Notes = notes;
        if (label >= 0 && options.Label is null)
            notes.Add($"{name}: the labels are array '{names[label]}' ({ReadOptionNames.Label}).");

        Kind = options.Kind ?? (columns is [ImageColumn] ? "image" : "table");
        fingerprint = new Lazy<string>(() => DataFingerprint.Compute([file]));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ColumnSchema> Schema => [.. all.Features.Columns.Select(ColumnSchema.Of)];

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public string? LabelName => all.Labels?.Name;

    /// <inheritdoc/>
    public string Kind { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <inheritdoc/>
    public string Description => $"{name}: {all.Rows:N0} rows of {string.Join(" and ", Schema.Select(Shaped))}";

    /// <inheritdoc/>
    public string Fingerprint => fingerprint.Value;

    /// <inheritdoc/>
    public IEnumerable<DataChunk> Read(int rowsPerChunk, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (rowsPerChunk < 1)
            throw new ArgumentOutOfRangeException(nameof(rowsPerChunk), rowsPerChunk, $"'{nameof(rowsPerChunk)}' must be at least 1.");

        return Chunks(rowsPerChunk, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public DataChunk ReadAll(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        progress?.Report(1);
        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Dispose();
    }

    private IEnumerable<DataChunk> Chunks(int rowsPerChunk, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        for (int first = 0; first < all.Rows; first += rowsPerChunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(first, Math.Min(rowsPerChunk, all.Rows - first))];
            progress?.Report((double)first / all.Rows);
            yield return new DataChunk(all.Features.Select(rows), first)
            {
                Labels = all.Labels?.Select(rows) as CategoryColumn,
                Weights = all.Weights?[first..(first + rows.Length)],
                Groups = all.Groups?.Select(rows) as CategoryColumn,
                Split = all.Split?.Select(rows) as CategoryColumn,
                Positive = all.Positive,
                Places = all.Places?.Select(rows),
            };
        }
    }

    private static string Shaped(ColumnSchema column) =>
        column.Kind.ToString().ToLowerInvariant() + (column.Shape.Count == 0 ? "" : $" {string.Join(" × ", column.Shape)}");
}
