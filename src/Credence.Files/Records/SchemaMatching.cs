using System.Globalization;
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
    public static ReadPlan Match(IRecordFile[] files, IReadOnlyList<ColumnSchema> known, ReadOptions options, List<string> notes)
    {
        var fields = new int[files.Length][];
        PlannedColumn[] planned = [];
        for (int f = 0; f < files.Length; f++)
        {
            IRecordFile file = files[f];
            int[] features = Features(file, known, options);
            ColumnRole[] roles = ColumnRoles.Of(file.Input.Name, file.Names, options, isLenient: true);
            CheckRead(file, known, features, roles);
            int[] others = [.. Enumerable.Range(0, roles.Length).Where(i => roles[i] is not (ColumnRole.Feature or ColumnRole.LeftOut)
                && !(roles[i] == ColumnRole.Label && features.Contains(i)))];
            if (f == 0)
            {
                planned =
                [
                    .. known.Select(column => new PlannedColumn(column.Name, ColumnRole.Feature, column.Kind)),
                    .. others.Select(i => new PlannedColumn(file.Names[i], roles[i], KindOf(roles[i]))),
                ];
                SayUnused(file, features, others, notes);
            }

            fields[f] = [.. features, .. planned.Skip(known.Count).Select(column => Array.FindIndex(roles, role => role == column.Role))];
        }

        return new ReadPlan(planned, fields, null);
    }

    /// <summary>Refuses an option that takes a column from the model which it reads by name.</summary>
    private static void CheckRead(IRecordFile file, IReadOnlyList<ColumnSchema> known, int[] features, ColumnRole[] roles)
    {
        for (int i = 0; i < features.Length; i++)
        {
            if (roles[features[i]] is (ColumnRole.Label or ColumnRole.LeftOut) and var role && file.Names[features[i]] == known[i].Name)
            {
                throw new ArgumentException(
                    $"{(role == ColumnRole.Label ? ReadOptionNames.Label : ReadOptionNames.Drop)} names column "
                    + $"'{NameDisplay.Shortened(known[i].Name)}' of {file.Input.Name}, which the model reads; it can't do without.");
            }
        }
    }

    private static ColumnKind KindOf(ColumnRole role) => role switch
    {
        ColumnRole.Weight => ColumnKind.Number,
        ColumnRole.Time => ColumnKind.Date,
        _ => ColumnKind.Category,
    };

    private static int[] Features(IRecordFile file, IReadOnlyList<ColumnSchema> known, ReadOptions options)
    {
        var there = new NamePositions(file.Names);
        int[] byName = [.. known.Select(column => there.Of(column.Name))];
        if (byName.All(position => position >= 0))
            return byName;

        if (known.Count == 1 && known[0].Kind == ColumnKind.Text && file.Names.Count == 1)
            return [0];

        return ByPosition(file, known, options) ?? throw Lacks(file, known, byName);
    }

    /// <summary>The positions where either the model's columns or the file's are named by number; null where they don't match.</summary>
    private static int[]? ByPosition(IRecordFile file, IReadOnlyList<ColumnSchema> known, ReadOptions options)
    {
        if (!file.IsRectangular)
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

    private static void SayUnused(IRecordFile file, int[] features, int[] others, List<string> notes)
    {
        HashSet<int> used = [.. features, .. others];
        string[] unused = [.. file.Names.Where((_, i) => !used.Contains(i))];
        if (unused.Length > 0)
            notes.Add($"{file.Input.Name}: {(unused.Length == 1 ? "column" : "columns")} {NameDisplay.List(unused, 5)} not used, as the "
                + $"model has no such {(unused.Length == 1 ? "column" : "columns")}.");
    }
}
