using System.Runtime.InteropServices;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Collects records into chunks by a plan.</summary>
internal sealed class ChunkBuilder
{
    private const int CheckStride = 16;
    private readonly ReadPlan plan;
    private readonly ReadOptions options;
    private readonly ExternalLabels? external;
    private readonly IColumnBuilder?[] builders;
    private readonly LabelSetBuilder? sets;
    private readonly LabelFlagBuilder? flags;
    private readonly int[] flagColumns = [];
    private readonly List<int> lines = [];
    private readonly List<(int Row, string File)> fileStarts = [];
    private readonly RowMemory memory;
    private readonly KeptCells kept;
    private long firstRow;

    /// <summary>Starts at the first row.</summary>
    public ChunkBuilder(ReadPlan plan, ReadOptions options, IReadOnlyList<string>? labelNames, ExternalLabels? external)
    {
        this.plan = plan;
        this.options = options;
        this.external = external;
        var missing = MissingMarkers.Of(options);
        var onlyEmpty = new MissingMarkers([""]);
        builders = new IColumnBuilder?[plan.Columns.Count];
        memory = new RowMemory(options);
        kept = new KeptCells(plan.Kept);
        if (plan.Labels.Length > 1)
        {
            flags = new LabelFlagBuilder(plan.Labels);
            flagColumns = [.. Enumerable.Range(0, builders.Length).Where(i => plan.Columns[i].Role == ColumnRole.Label)];
        }

        for (int i = 0; i < builders.Length; i++)
        {
            PlannedColumn column = plan.Columns[i];
            if (column.Role == ColumnRole.Label && flags is not null)
                continue;

            if (column.Role == ColumnRole.Label && options.LabelSeparator is { Length: > 0 } separator)
                sets = new LabelSetBuilder(column.Name, separator, onlyEmpty, labelNames);
            else
                builders[i] = ColumnBuilders.Of(column, missing, onlyEmpty, labelNames);
        }
    }

    /// <summary>The rows collected since the last chunk.</summary>
    public int Rows => lines.Count;

    /// <summary>The memory of these rows, in bytes.</summary>
    public long Bytes => (lines.Capacity * (long)sizeof(int)) + (sets?.Bytes ?? 0) + (flags?.Bytes ?? 0) + kept.Bytes
        + builders.Sum(builder => builder?.Bytes ?? 0);

    /// <summary>Adds the current record.</summary>
    /// <exception cref="InvalidDataException">A cell is not of its column's kind.</exception>
    /// <exception cref="InsufficientMemoryException">The rows since the last chunk take too much memory.</exception>
    public void Add(int file, string fileName, IRecords records)
    {
        if (fileStarts.Count == 0 || !ReferenceEquals(fileStarts[^1].File, fileName))
            fileStarts.Add((lines.Count, fileName));

        if (lines.Count % CheckStride == CheckStride - 1)
            memory.Check(Bytes, () => $"{new RowPlace(fileName, records.Line)}: the {lines.Count:N0} rows read so far");

        int[] fields = plan.Fields[file];
        for (int i = 0; i < builders.Length; i++)
        {
            if (builders[i] is null && sets is null)
                continue;

            bool isGood = builders[i] is { } builder ? builder.TryAdd(records, fields[i])
                : sets!.TryAdd(fields[i] < 0 ? [] : records.Text(fields[i]));
            if (!isGood)
                throw Bad(new RowPlace(fileName, records.Line), plan.Columns[i], builders[i]?.Expected
                    ?? sets!.Expected, records.Text(fields[i]));
        }

        if (flags is not null && flags.Add(records, [.. flagColumns.Select(i => fields[i])]) is >= 0 and int bad)
        {
            int at = flagColumns[bad];
            throw Bad(new RowPlace(fileName, records.Line), plan.Columns[at], LabelFlagBuilder.Expected,
                fields[at] < 0 ? [] : records.Text(fields[at]));
        }

        if (plan.Kept.Count > 0)
            kept.Add(records, plan.KeptFields[file]);

        lines.Add((int)Math.Min(int.MaxValue, records.Line));
    }

    /// <summary>Checks what only all rows together tell.</summary>
    /// <param name="data">The files' name, for messages.</param>
    /// <exception cref="InvalidDataException">Numbered labels may count from 1.</exception>
    public void CheckAll(string data)
    {
        sets?.CheckStart(data);
        foreach (CategoryBuilder labels in builders.OfType<CategoryBuilder>())
            labels.CheckStart(data);
    }

    /// <summary>The chunk of the rows added since the last one.</summary>
    public DataChunk Take()
    {
        int rows = lines.Count;
        var features = new List<IColumn>();
        var others = new Dictionary<ColumnRole, IColumn>();
        for (int i = 0; i < builders.Length; i++)
        {
            if (builders[i]?.Take() is not { } column)
                continue;

            if (plan.Columns[i].Role == ColumnRole.Feature)
                features.Add(column);
            else
                others[plan.Columns[i].Role] = column;
        }

        RowPlaces places = RowPlaces.OfLines(fileStarts, CollectionsMarshal.AsSpan(lines));
        var chunk = new DataChunk(new Table(features, rows), firstRow)
        {
            Labels = external?.Slice(firstRow, rows) ?? others.GetValueOrDefault(ColumnRole.Label) as CategoryColumn,
            LabelSets = sets?.Take() ?? flags?.Take(),
            Weights = Weights(others.GetValueOrDefault(ColumnRole.Weight) as NumberColumn, places),
            Groups = others.GetValueOrDefault(ColumnRole.Group) as CategoryColumn,
            Split = others.GetValueOrDefault(ColumnRole.Split) as CategoryColumn,
            Times = others.GetValueOrDefault(ColumnRole.Time)?.Times(),
            Kept = kept.Take(),
            Positive = options.Positive,
            Places = places,
        };

        firstRow += rows;
        lines.Clear();
        if (fileStarts.Count > 1)
            fileStarts.RemoveRange(0, fileStarts.Count - 1);
        if (fileStarts.Count == 1)
            fileStarts[0] = (0, fileStarts[0].File);

        return chunk;
    }

    private static double[]? Weights(NumberColumn? column, RowPlaces places)
    {
        if (column is null)
            return null;

        double[] weights = column.Values.ToArray();
        int bad = Array.FindIndex(weights, weight => !(weight >= 0));
        return bad < 0
            ? weights
            : throw new InvalidDataException(
                $"{places[bad]}, column '{column.Name}': "
                    + $"{(double.IsNaN(weights[bad]) ? "a missing weight" : $"the weight {weights[bad]}")}; "
                    + "weights are numbers of at least 0.");
    }

    private static InvalidDataException Bad(RowPlace place, PlannedColumn column, string expected, ReadOnlySpan<char> cell)
    {
        string shown = NameDisplay.Shortened(cell), name = NameDisplay.Shortened(column.Name);
        string remedy = column.Role == ColumnRole.Label ? "" : $" Set {ReadOptionNames.Missing} to '{shown}' to read it as missing.";
        NumberFormat own = column.Format?.Number ?? NumberFormat.Usual;
        if (column.Kind == ColumnKind.Number && NumberFormat.Of(cell) is { } other && other != own)
        {
            remedy = $" It is one written like {other.Name}: set {ReadOptionNames.Decimal} to '{other.Point}'.";
        }

        return column.Kind == ColumnKind.Number && column.Format is null && NumberParser.TryParse(cell, out _)
            ? new InvalidDataException($"{place}, column '{name}': '{shown}' is not finite.{remedy}")
            : new InvalidDataException($"{place}, column '{name}': '{shown}' is not {expected}.{remedy}");
    }
}
