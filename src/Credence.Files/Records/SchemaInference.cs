using Credence.Data.Columns;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Infers a read plan by one pass over all the data.</summary>
internal static class SchemaInference
{
    private const int CancellationStride = 4096;

    /// <summary>Inspects every cell, infers the columns' kinds, and counts the rows.</summary>
    /// <param name="files">The files; one with unbalanced quotes is replaced by itself without quotes.</param>
    /// <param name="options">The read options.</param>
    /// <param name="notes">Receives the findings.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    /// <exception cref="InvalidDataException">A file lacks a column, a row has too many or too few cells, a cell is not of its column's
    /// kind.</exception>
    public static ReadPlan Infer(IRecordFile[] files, ReadOptions options, List<string> notes, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = files[0].Names;
        ColumnRole[] roles = ColumnRoles.Of(files[0].Input.Name, names, options, isLenient: false);
        int text = options.Text is null
            ? -1
            : ColumnRoles.Find(files[0].Input.Name, names, options.Text, ReadOptionNames.Text, isLenient: false);
        int[][] positions = [.. files.Select(file => Positions(files[0], file))];
        var missing = new MissingMarkers(options.Missing);

        var profiles = new ColumnProfile?[names.Count];
        var distinct = new DistinctCells();
        for (int i = 0; i < profiles.Length; i++)
            profiles[i] = i != text && roles[i] is ColumnRole.Feature or ColumnRole.Time ? new ColumnProfile(distinct) : null;

        long rows = 0;
        for (int f = 0; f < files.Length; f++)
        {
            ColumnProfile[] before = profiles!;
            try
            {
                rows += Profile(files[f], positions[f], before, missing, cancellationToken);
            }
            catch (MisquotedException error)
            {
                files[f] = files[f].WithoutQuotes() ?? throw new InvalidDataException(error.Message);
                return Infer(files, options, notes, cancellationToken);
            }
        }

        var planned = new List<(PlannedColumn Column, int Position)>();
        for (int i = 0; i < roles.Length; i++)
        {
            if (Kind(i) is { } kind)
                planned.Add((new PlannedColumn(names[i], roles[i], kind), i));
        }

        if (rows == 0)
            throw new InvalidDataException($"{files[0].Input.Name} has no rows, only a header.");

        SayMissing(names, profiles, notes);
        SaySentinels(names, profiles, notes);
        int[][] fields = [.. positions.Select(position => planned.Select(column => position[column.Position]).ToArray())];
        return new ReadPlan([.. planned.Select(column => column.Column)], fields, rows);

        ColumnKind? Kind(int i) => roles[i] switch
        {
            ColumnRole.LeftOut => null,
            ColumnRole.Feature when i == text => ColumnKind.Text,
            ColumnRole.Feature => ColumnKindInference.Infer(names[i], i, files[0].IsNamed, profiles[i]!, options.Kind, notes),
            ColumnRole.Time => profiles[i]!.Numbers == profiles[i]!.Present ? ColumnKind.Number : ColumnKind.Date,
            ColumnRole.Weight => ColumnKind.Number,
            _ => ColumnKind.Category,
        };
    }

    /// <summary>The positions in a file of the first file's columns.</summary>
    private static int[] Positions(IRecordFile first, IRecordFile file)
    {
        var there = new NamePositions(file.Names);
        if (!file.IsRectangular)
            return [.. first.Names.Select(there.Of)];

        if (file.Names.Count < first.Names.Count)
        {
            throw new InvalidDataException(
                $"{file.Input.Name} has {file.Names.Count} columns, {first.Input.Name} has {first.Names.Count}; files read together need "
                    + "the same columns.");
        }

        if (!first.IsNamed || !file.IsNamed)
            return [.. Enumerable.Range(0, first.Names.Count)];

        return [.. first.Names.Select(name => there.Of(name) is >= 0 and int position
            ? position
            : throw new InvalidDataException(
                $"{file.Input.Name} lacks column '{NameDisplay.Shortened(name)}', which {first.Input.Name} has."))];
    }

    private static long Profile(
        IRecordFile file, int[] positions, ColumnProfile?[] profiles, MissingMarkers missing, CancellationToken cancellationToken)
    {
        using IRecords records = file.Open(mistrustQuotes: true);
        long rows = 0;
        while (records.Next())
        {
            RecordWidth.Check(file, records);
            for (int i = 0; i < profiles.Length; i++)
                profiles[i]?.Add(records, positions[i], missing, file.Input.Name);

            if (++rows % CancellationStride == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }

        return rows;
    }

    private static void SaySentinels(IReadOnlyList<string> names, ColumnProfile?[] profiles, List<string> notes)
    {
        for (int i = 0; i < profiles.Length; i++)
        {
            if (profiles[i]?.Sentinels.Outside(out long cells) is { } number)
                notes.Add($"column '{NameDisplay.Shortened(names[i])}': {cells:N0} cells are {number}, far from the others. "
                    + $"Set {ReadOptionNames.Missing} to '{number}' to read them as missing.");
        }
    }

    private static void SayMissing(IReadOnlyList<string> names, ColumnProfile?[] profiles, List<string> notes)
    {
        string[] marked = [.. names.Where((_, i) => profiles[i] is { Marked: > 0 } profile && profile.Present > 0)];
        if (marked.Length > 0)
        {
            long cells = profiles.Sum(profile => profile?.Marked ?? 0);
            notes.Add(
                $"{cells:N0} cells such as NA or ? are read as missing, in {NameDisplay.List(marked, 5)} " +
                $"({ReadOptionNames.Missing} = '' for none).");
        }
    }
}
