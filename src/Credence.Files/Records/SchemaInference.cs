using Credence.Data;
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
    public static ReadPlan Infer(
        IRecordFile[] files, ReadOptions options, List<string> notes, CancellationToken cancellationToken) =>
        Infer(files, options, notes, null, cancellationToken);

    private static ReadPlan Infer(
        IRecordFile[] files, ReadOptions options, List<string> notes, HashSet<long>?[]? frames, CancellationToken cancellationToken)
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
        var found = new HashSet<long>?[files.Length];
        for (int f = 0; f < files.Length; f++)
        {
            var frame = new FrameRows();
            try
            {
                long before = rows;
                rows += Profile(files[f], positions[f], profiles, missing, frame, frames?[f], cancellationToken);
                if (frames is null && files.Length == 1)
                    found[f] = [.. frame.Lines(files[f], positions[f], profiles, rows - before, notes)];
            }
            catch (MisquotedException error)
            {
                files[f] = files[f].WithoutQuotes() ?? throw new InvalidDataException(error.Message);
                return Infer(files, options, notes, frames, cancellationToken);
            }
        }

        if (found.Any(lines => lines is { Count: > 0 }))
            return Infer(files, options, notes, found, cancellationToken);

        HashSet<int> categories = Asked(options.Category, ReadOptionNames.Category);
        HashSet<int> numbers = Asked(options.Number, ReadOptionNames.Number);
        DateOrder[] orders = [.. profiles.Select(profile => profile?.Dates.Only).OfType<DateOrder>().Distinct()];
        var inference = new ColumnKindInference(
            options, files[0].IsNamed, NumberChoice.PointOf(profiles), orders is [var one] ? one : null, notes);
        ColumnFinding[] findings = [.. Enumerable.Range(0, roles.Length).Select(Find)];
        var planned = new List<(PlannedColumn Column, int Position)>();
        for (int i = 0; i < roles.Length; i++)
        {
            if (findings[i].Kind is { } kind)
                planned.Add((new PlannedColumn(names[i], roles[i], kind, findings[i].Format), i));
        }

        if (rows == 0)
            throw new InvalidDataException($"{files[0].Input.Name} has no rows, only a header.");

        SayFormats(names, findings, notes);
        SayMissing(names, profiles, notes);
        SaySentinels(names, profiles, notes);
        int[][] fields = [.. positions.Select(position => planned.Select(column => position[column.Position]).ToArray())];
        return new ReadPlan([.. planned.Select(column => column.Column)], fields, rows)
        {
            Frames = frames,
            Layout = new DataLayout
            {
                IsNamed = files[0].IsNamed,
                Columns = [.. names.Select(Reading)],
                LabelSeparator = options.LabelSeparator is { Length: > 0 } separator ? separator : null,
                Missing = options.Missing ?? [],
            },
        };

        ColumnFinding Find(int i) => roles[i] switch
        {
            ColumnRole.LeftOut => new(null, "as asked", ReadOptionNames.Drop),
            ColumnRole.Feature when i == text => new(ColumnKind.Text, "as asked", ReadOptionNames.Text),
            ColumnRole.Feature when categories.Contains(i) => new(ColumnKind.Category, "as asked", ReadOptionNames.Category),
            ColumnRole.Feature when numbers.Contains(i) => inference.AskedNumber(profiles[i]!),
            ColumnRole.Feature => inference.Infer(names[i], i, profiles[i]!),
            ColumnRole.Time => inference.OfTime(profiles[i]!),
            ColumnRole.Weight => new(ColumnKind.Number),
            _ => new(ColumnKind.Category),
        };

        HashSet<int> Asked(IReadOnlyList<string> columns, string option) =>
            [.. columns.Select(column => ColumnRoles.Find(files[0].Input.Name, names, column, option, isLenient: false))];

        ColumnReading Reading(string name, int i) =>
            new(name, findings[i].Kind is null ? ColumnReading.LeftOut : RoleName(roles[i]))
            {
                Kind = findings[i].Kind,
                Format = findings[i].Format?.ToString(),
                Reason = findings[i].Reason,
                Remedy = findings[i].Remedy,
            };
    }

    private static string RoleName(ColumnRole role) => role switch
    {
        ColumnRole.Feature => ColumnReading.Feature,
        ColumnRole.Label => ColumnReading.Label,
        ColumnRole.LeftOut => ColumnReading.LeftOut,
        _ => role.ToString().ToLowerInvariant(),
    };

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
        IRecordFile file, int[] positions, ColumnProfile?[] profiles, MissingMarkers missing, FrameRows frame, HashSet<long>? left,
        CancellationToken cancellationToken)
    {
        using IRecords records = file.Open(mistrustQuotes: true);
        long rows = 0;
        while (records.Next())
        {
            if (left?.Contains(records.Line) == true)
                continue;

            RecordWidth.Check(file, records);
            frame.See(records);
            for (int i = 0; i < profiles.Length; i++)
                profiles[i]?.Add(records, positions[i], missing, file.Input.Name);

            if (++rows % CancellationStride == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }

        return rows;
    }

    private static void SayFormats(IReadOnlyList<string> names, ColumnFinding[] found, List<string> notes)
    {
        IEnumerable<(ColumnFinding Finding, string Name)> said = found.Zip(names)
            .Where(pair => pair.First.Remedy is ReadOptionNames.Decimal or ReadOptionNames.DateOrder && pair.First.Reason is not null);
        foreach (var group in said.GroupBy(pair => (pair.Finding.Kind, pair.Finding.Reason, pair.Finding.Remedy)))
        {
            string those = NameDisplay.List([.. group.Select(pair => pair.Name)], 5);
            notes.Add($"{(group.Key.Kind == ColumnKind.Date ? "dates" : "numbers")} in {those}: {group.Key.Reason} ({group.Key.Remedy}).");
        }
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
