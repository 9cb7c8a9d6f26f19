using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.Data;

/// <summary>How the data that a model was trained on were laid out, so that later files are read the same way: whether the file named its
/// columns, what each column was for, and how its cells were written. Kept in the model.</summary>
public sealed record DataLayout
{
    private const int MostColumns = 1 << 20;

    /// <summary>Whether the file named its columns; otherwise they are known by their positions.</summary>
    public required bool IsNamed { get; init; }

    /// <summary>Every column of the file, in order.</summary>
    public required IReadOnlyList<ColumnReading> Columns { get; init; }

    /// <summary>The separator of several labels in a cell; null where a row has one.</summary>
    public string? LabelSeparator { get; init; }

    /// <summary>The cells that the reader was told to take for missing, beside the usual ones; one empty text alone means that only the
    /// empty cell was missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The label columns' names; empty where the labels were elsewhere.</summary>
    public IReadOnlyList<string> Labels =>
        [.. Columns.Where(column => column.Role == ColumnReading.Label).Select(column => column.Name)];

    /// <summary>The column with a name, or null.</summary>
    public ColumnReading? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The layout as JSON. Reasons and remedies are about the training data and are not kept.</summary>
    public JsonObject Save()
    {
        var saved = new JsonObject { ["named"] = IsNamed, ["columns"] = Columns.Count };
        if (IsNamed)
            saved["names"] = Columns.Select(column => column.Name).ToJson();

        if (LabelSeparator is not null)
            saved["label_separator"] = LabelSeparator;

        if (Missing.Count > 0)
            saved["missing"] = Missing.ToJson();

        saved["roles"] = Marked(column => column.Role == ColumnReading.Feature ? null : column.Role, "role");
        saved["formats"] = Marked(column => column.Format, "format");
        return saved;
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind.</exception>
    public static DataLayout Load(JsonObject saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        bool isNamed = saved.Flag("named");
        int count = saved.Integer("columns", 0, MostColumns);
        string[] names = isNamed ? saved.Texts("names") : [.. Enumerable.Range(1, count).Select(NameOf)];
        if (names.Length != count)
            throw new InvalidDataException($"The model's description has {names.Length} names of {count} columns.");

        var columns = names.Select(name => new ColumnReading(name, ColumnReading.Feature)).ToArray();
        foreach (JsonObject mark in saved.Objects("roles"))
        {
            int at = mark.Integer("column", 0, count - 1);
            columns[at] = columns[at] with { Role = mark.Text("role") };
        }

        foreach (JsonObject mark in saved.Objects("formats"))
        {
            int at = mark.Integer("column", 0, count - 1);
            columns[at] = columns[at] with { Format = mark.Text("format") };
        }

        return new DataLayout
        {
            IsNamed = isNamed,
            Columns = columns,
            LabelSeparator = saved.TextOrNull("label_separator"),
            Missing = saved["missing"] is null ? [] : saved.Texts("missing"),
        };
    }

    /// <summary>The name of a column that a file doesn't name.</summary>
    /// <param name="number">Its 1-based position.</param>
    public static string NameOf(int number) => $"column {number}";

    private JsonArray Marked(Func<ColumnReading, string?> of, string name) => new([.. Columns
        .Select((column, i) => of(column) is { } mark ? new JsonObject { ["column"] = i, [name] = mark } : null)
        .OfType<JsonNode>()]);
}
