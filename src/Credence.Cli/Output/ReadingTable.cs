using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Report.Formatting;
using Table = Spectre.Console.Table;

namespace Credence.Cli.Output;

/// <summary>How each column is read, as a table that fits the screen: columns read alike are one line where they are many.</summary>
internal static class ReadingTable
{
    private const int MostLines = 24, MostNames = 3;
    private const string Same = "the same in every row";

    /// <summary>The table.</summary>
    /// <param name="layout">How the data are laid out.</param>
    /// <param name="inputs">The columns that the model uses: a feature that is none of them was the same in every row.</param>
    public static Table Of(DataLayout layout, IReadOnlyList<ColumnSchema> inputs)
    {
        Table table = Screen.Table("column", "read as", "because");
        foreach (string[] line in Lines(layout, inputs))
            table.AddPlain(line);

        return table;
    }

    /// <summary>The same for every column, as JSON; null where the data are no table of text.</summary>
    /// <param name="layout">How the data are laid out, or null.</param>
    /// <param name="inputs">The columns that the model uses.</param>
    public static JsonArray? Json(DataLayout? layout, IReadOnlyList<ColumnSchema> inputs)
    {
        HashSet<string> used = [.. inputs.Select(input => input.Name)];
        return layout is null ? null : new JsonArray([.. layout.Columns.Select(column => IsSame(column, used)
            ? column with { Role = ColumnReading.LeftOut, Reason = Same, Remedy = null } : column).Select(column => new JsonObject
            {
                ["name"] = column.Name,
                ["role"] = column.Role,
                ["kind"] = column.Kind?.ToString().ToLowerInvariant(),
                ["format"] = column.Format,
                ["reason"] = column.Reason,
                ["option"] = column.Remedy is { } remedy ? OptionNames.InCommand(remedy) : null,
            })]);
    }

    /// <summary>The lines: one a column where they are few, otherwise one for all columns that are read alike.</summary>
    internal static IReadOnlyList<string[]> Lines(DataLayout layout, IReadOnlyList<ColumnSchema> inputs)
    {
        HashSet<string> used = [.. inputs.Select(input => input.Name)];
        (string Name, string Read, string Why)[] all = [.. layout.Columns.Select(column => Said(column, used))];
        if (all.Length <= MostLines)
            return [.. all.Select(line => new[] { line.Name, line.Read, line.Why })];

        string[][] groups = [.. all.GroupBy(line => (line.Read, line.Why))
            .Select(group => new[] { Named([.. group.Select(line => line.Name)]), group.Key.Read, group.Key.Why })];
        return groups.Length <= MostLines ? groups
            : [.. groups.Take(MostLines - 1), [$"and {groups.Length - MostLines + 1} more kinds", "", "--json names each column"]];
    }

    private static (string Name, string Read, string Why) Said(ColumnReading column, HashSet<string> used)
    {
        string name = ShownName(column.Name);
        string option = column.Remedy is { } remedy ? $" ({OptionNames.InCommand(remedy)})" : "";
        if (IsSame(column, used))
            return (name, "left out", Same);

        string read = column.Role switch
        {
            ColumnReading.LeftOut => "left out",
            ColumnReading.Feature => column.Kind switch
            {
                ColumnKind.Number => "number",
                ColumnKind.Category => "category",
                ColumnKind.Date => "date",
                ColumnKind.Text => "text",
                _ => column.Kind?.ToString().ToLowerInvariant() ?? "",
            },
            _ => column.Role,
        };
        return (name, read, $"{column.Reason}{option}".Trim());
    }

    private static bool IsSame(ColumnReading column, HashSet<string> used) =>
        column.Role == ColumnReading.Feature && !used.Contains(column.Name);

    private static string ShownName(string name) => Excerpt.Of(name, 40);

    private static string Named(string[] names) => names.Length <= MostNames ? string.Join(", ", names)
        : $"{names[0]}, {names[1]} … {names[^1]} ({names.Length} columns)";
}
