using System.Globalization;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Makes a read plan for a model's columns, by name, or by position where one side has no names, without a pass over the
/// data.</summary>
internal static class SchemaMatching
{
    /// <summary>Finds the columns in each file.</summary>
    /// <param name="files">The files.</param>
    /// <param name="known">The model's columns.</param>
    /// <param name="options">The read options; a missing column of their roles is allowed.</param>
    /// <param name="notes">Receives a note on the columns that are not used.</param>
    /// <exception cref="InvalidDataException">A file lacks a column of the model.</exception>
    /// <exception cref="ArgumentException">An option contradicts how the model's data were read.</exception>
    public static ReadPlan Match(IRecordFile[] files, IReadOnlyList<ColumnSchema> known, ReadOptions options, List<string> notes)
    {
        // Options that contradict the model's data are refused before a row is read.
        _ = MissingMarkers.Of(options);
        int[][] fields = new int[files.Length][], kept = new int[files.Length][];
        string[] keptNames = [];
        PlannedColumn[] planned = [];
        for (int f = 0; f < files.Length; f++)
        {
            IRecordFile file = files[f];
            (int[] features, IReadOnlyList<string> names) = Features(file, known, options, notes);
            ColumnRole[] roles = Roles(file, names, options);
            CheckRead(file.Input.Name, names, known, features, roles);
            int[] others = [.. Enumerable.Range(0, roles.Length).Where(i => roles[i] is not (ColumnRole.Feature or ColumnRole.LeftOut)
                && !(roles[i] == ColumnRole.Label && features.Contains(i)))];
            kept[f] = [.. options.Keep.Select(
                column => ColumnRoles.Find(file.Input.Name, names, column, ReadOptionNames.Keep, isLenient: false))];
            if (f == 0)
            {
                keptNames = [.. kept[f].Select(i => names[i])];
                planned =
                [
                    .. known.Select(column => new PlannedColumn(
                        column.Name, ColumnRole.Feature, column.Kind, CellFormat.Of(column, options))),
                    .. others.Select(i => new PlannedColumn(names[i], roles[i], KindOf(roles[i]))),
                ];
                SayUnused(file.Input.Name, names, features, [.. others, .. kept[f]], options, notes);
            }

            fields[f] = [.. features, .. planned.Skip(known.Count).Select(column => Of(column))];
            int Of(PlannedColumn column) => planned.Count(other => other.Role == column.Role) > 1
                ? names.IndexOf(column.Name) : Array.FindIndex(roles, role => role == column.Role);
        }

        return new ReadPlan(planned, fields, null)
        {
            Layout = options.Layout,
            Kept = keptNames,
            KeptFields = kept,
            Frames = [.. files.Select((file, f) => Units(file, planned, fields[f], notes))],
        };
    }

    /// <summary>The roles of a file's columns; where they have the names of the model's data, a number counts all columns of
    /// those.</summary>
    private static ColumnRole[] Roles(IRecordFile file, IReadOnlyList<string> names, ReadOptions options)
    {
        if (options.Layout is not { } layout || ReferenceEquals(names, file.Names))
            return ColumnRoles.Of(file.Input.Name, names, options, isLenient: true);

        string[] all = [.. layout.Columns.Select(column => column.Name)];
        ColumnRole[] roles = ColumnRoles.Of(file.Input.Name, all, options, isLenient: true);
        return [.. names.Select(name => roles[all.IndexOf(name)])];
    }

    /// <summary>The line below the header where it has units: no number in any column of numbers, and a short text in one.</summary>
    private static HashSet<long>? Units(IRecordFile file, PlannedColumn[] planned, int[] fields, List<string> notes)
    {
        if (!file.IsNamed || !file.IsRectangular)
            return null;

        using IRecords records = file.Open(mistrustQuotes: false);
        if (!records.Next())
            return null;

        var missing = new MissingMarkers(null);
        var units = new List<string>();
        for (int i = 0; i < planned.Length; i++)
        {
            if (planned[i] is not { Role: ColumnRole.Feature, Kind: ColumnKind.Number } || fields[i] < 0
                || missing.Has(records.Text(fields[i])))
                continue;

            string cell = records.Text(fields[i]).ToString();
            if (NumberFormat.Of(cell) is not null || cell.Any(char.IsAsciiDigit))
                return null;

            units.Add(cell);
        }

        // The next row shows whether it is the line that is odd, or the column.
        if (units.Count == 0 || !records.Next() || !Enumerable.Range(0, planned.Length).All(i =>
            planned[i] is not { Role: ColumnRole.Feature, Kind: ColumnKind.Number } || fields[i] < 0
                || missing.Has(records.Text(fields[i])) || NumberFormat.Of(records.Text(fields[i])) is not null))
            return null;

        notes.Add($"{file.Input.Name}: the line below the header has units, {NameDisplay.List(units, 5)}, and is left out.");
        using IRecords again = file.Open(mistrustQuotes: false);
        return again.Next() ? [again.Line] : null;
    }

    /// <summary>Refuses an option that takes a column from the model which it reads by name.</summary>
    private static void CheckRead(
        string file, IReadOnlyList<string> names, IReadOnlyList<ColumnSchema> known, int[] features, ColumnRole[] roles)
    {
        for (int i = 0; i < features.Length; i++)
        {
            if (roles[features[i]] is (ColumnRole.Label or ColumnRole.LeftOut) and var role && names[features[i]] == known[i].Name)
            {
                throw new ArgumentException(
                    $"{(role == ColumnRole.Label ? ReadOptionNames.Label : ReadOptionNames.Drop)} names column "
                    + $"'{NameDisplay.Shortened(known[i].Name)}' of {file}, which the model reads; it can't do without.");
            }
        }
    }

    private static ColumnKind KindOf(ColumnRole role) => role switch
    {
        ColumnRole.Weight => ColumnKind.Number,
        ColumnRole.Time => ColumnKind.Date,
        _ => ColumnKind.Category,
    };

    /// <summary>The positions of the model's columns, and the names of the file's columns: its own, or those of the model's data where it
    /// has none.</summary>
    private static (int[] Features, IReadOnlyList<string> Names) Features(
        IRecordFile file, IReadOnlyList<ColumnSchema> known, ReadOptions options, List<string> notes)
    {
        if (options.Layout is { } layout && file.IsRectangular && !(file.IsNamed && layout.IsNamed))
        {
            if (Names(layout, file.Names.Count) is { } names)
            {
                if (layout.IsNamed)
                    notes.Add($"{file.Input.Name}: no header; the columns are taken in the order of the training data "
                        + $"({ReadOptionNames.HasHeader} = true).");

                var positions = new NamePositions(names);
                return ([.. known.Select(column => positions.Of(column.Name))], names);
            }

            if (!layout.IsNamed)
                throw OtherWidth(file, layout);
        }

        var there = new NamePositions(file.Names);
        int[] byName = [.. known.Select(column => there.Of(column.Name))];
        if (byName.All(position => position >= 0))
            return (byName, file.Names);

        if (known.Count == 1 && known[0].Kind == ColumnKind.Text && file.Names.Count == 1 && !file.IsNamed)
            return ([0], file.Names);

        return (ByPosition(file, known, options) ?? throw Lacks(file, known, byName), file.Names);
    }

    /// <summary>The names of the model's columns that a file of so many columns has: all, or all but the labels, or all but those that are
    /// no features; null where it has another number.</summary>
    private static string[]? Names(DataLayout layout, int width)
    {
        IEnumerable<ColumnReading>[] those =
        [
            layout.Columns,
            layout.Columns.Where(column => column.Role != ColumnReading.Label),
            layout.Columns.Where(column => column.Role is ColumnReading.Feature or ColumnReading.LeftOut),
        ];
        return those.FirstOrDefault(columns => columns.Count() == width)?.Select(column => column.Name).ToArray();
    }

    /// <summary>The positions where either the model's columns or the file's are named by number; null where they don't match.</summary>
    private static int[]? ByPosition(IRecordFile file, IReadOnlyList<ColumnSchema> known, ReadOptions options)
    {
        if (!file.IsRectangular || options.Layout is not null)
            return null;

        int[] numbers = [.. known.Select(column => NumberOf(column.Name))];
        int width = file.Names.Count;
        if (numbers.All(number => number > 0))
        {
            if (numbers.Max() <= width)
                return [.. numbers.Select(number => number - 1)];

            // The label column preceded others in training and is missing here.
            bool withoutLabel = int.TryParse(options.Label, NumberStyles.None, CultureInfo.InvariantCulture, out int label)
                && label < numbers.Max() && numbers.Max() - 1 == width;
            return withoutLabel ? [.. numbers.Select(number => number > label ? number - 2 : number - 1)] : null;
        }

        return !file.IsNamed && width == known.Count ? [.. Enumerable.Range(0, width)] : null;
    }

    private static int NumberOf(string name) =>
        name.StartsWith("column ", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static InvalidDataException OtherWidth(IRecordFile file, DataLayout layout)
    {
        string[] labels = [.. layout.Labels];
        int without = layout.Columns.Count - labels.Length;
        string or = labels.Length == 0 ? "" : $", or {without} without {NameDisplay.List(labels)}";
        return new InvalidDataException(
            $"{file.Input.Name} has {file.Names.Count} columns; the data that the model was trained on had no header and "
            + $"{layout.Columns.Count} columns, so that as many are needed{or}.");
    }

    private static InvalidDataException Lacks(IRecordFile file, IReadOnlyList<ColumnSchema> known, int[] positions)
    {
        string[] lacking = [.. known.Where((_, i) => positions[i] < 0).Select(column => column.Name)];
        string? near = lacking.Length == 1 ? NearestName.Of(lacking[0], file.Names) : null;
        return new InvalidDataException(
            $"{file.Input.Name} lacks {(lacking.Length == 1 ? "column" : $"{lacking.Length} columns")} {NameDisplay.List(lacking)}, "
                + "which the model needs. " +
            (file.IsNamed || !file.IsRectangular ? $"It has {NameDisplay.List(file.Names)}."
                : $"It has {file.Names.Count} columns and no header.") +
            (near is null ? "" : $" Did you mean '{near}'?"));
    }

    /// <summary>Notes the columns that are not used, but for those that the model's data had too.</summary>
    private static void SayUnused(
        string file, IReadOnlyList<string> names, int[] features, int[] others, ReadOptions options, List<string> notes)
    {
        HashSet<int> used = [.. features, .. others];
        HashSet<string> before = [.. options.Layout?.Columns.Select(column => column.Name) ?? []];
        string[] unused = [.. names.Where((name, i) => !used.Contains(i) && !before.Contains(name))];
        if (unused.Length > 0)
            notes.Add($"{file}: {(unused.Length == 1 ? "column" : "columns")} {NameDisplay.List(unused, 5)} not used, as the "
                + $"model has no such {(unused.Length == 1 ? "column" : "columns")}.");
    }
}
