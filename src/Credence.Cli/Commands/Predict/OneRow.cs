using Credence.Cli.Options;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;

namespace Credence.Cli.Commands.Predict;

/// <summary>Makes a table of one row of what was typed after --row or --text.</summary>
internal static class OneRow
{
    /// <summary>The row of <c>name=value,name=value</c>. A value may hold commas, as long as what follows one has no equals sign.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="inputs">The columns the model knows.</param>
    /// <exception cref="UsageException">A name is unknown, or a value is no number where one is needed.</exception>
    public static Table Parse(string typed, IReadOnlyList<ColumnSchema> inputs)
    {
        var columns = new List<IColumn>();
        foreach ((string name, string value) in Cells(typed))
        {
            ColumnSchema input = inputs.FirstOrDefault(input => input.Name == name) ?? throw Unknown(name, inputs);
            if (columns.Any(column => column.Name == name))
                throw new UsageException($"--row gives column '{name}' twice.");

            columns.Add(Column(input, value));
        }

        return new Table(columns, 1);
    }

    /// <summary>The row of one text.</summary>
    /// <exception cref="UsageException">The model has no text column, or several.</exception>
    public static Table OfText(string text, IReadOnlyList<ColumnSchema> inputs)
    {
        ColumnSchema[] texts = [.. inputs.Where(input => input.Kind == ColumnKind.Text)];
        return texts.Length == 1
            ? new Table([TextColumn.FromStrings(texts[0].Name, [text])])
            : throw new UsageException(texts.Length == 0
                ? $"--text is for models of text; this one reads {Listed(inputs)}. Use --row."
                : $"This model reads {texts.Length} texts; use --row '{texts[0].Name}=…,{texts[1].Name}=…'.");
    }

    private static IEnumerable<(string Name, string Value)> Cells(string typed)
    {
        string? pending = null;
        foreach (string part in typed.Split(','))
        {
            if (pending is not null && !part.Contains('=', StringComparison.Ordinal))
            {
                pending += "," + part;
                continue;
            }

            if (pending is not null)
                yield return Cell(pending);

            pending = part;
        }

        yield return Cell(pending!);
    }

    private static (string Name, string Value) Cell(string part)
    {
        int equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (part[..equals].Trim(), part[(equals + 1)..].Trim())
            : throw new UsageException($"--row: '{part}' is not name=value. A row looks like this: --row 'age=39,sex=Male'");
    }

    private static IColumn Column(ColumnSchema input, string value) => input.Kind switch
    {
        ColumnKind.Number => new NumberColumn(input.Name, [Number(input.Name, value)]),
        ColumnKind.Text => TextColumn.FromStrings(input.Name, [value]),
        ColumnKind.Category => CategoryColumn.FromNames(input.Name, [value.Length == 0 ? null : value]),
        ColumnKind.Date => new DateColumn(input.Name, [Date(input.Name, value)]),
        ColumnKind.Vector => Vector(input, value),
        _ => throw new UsageException($"Column '{input.Name}' holds {input.Kind.ToString().ToLowerInvariant()} data, which can't be typed; give a file."),
    };

    private static double Number(string name, string value) =>
        value.Length == 0 ? double.NaN
        : double.TryParse(value, out double number) && double.IsFinite(number) ? number
        : throw new UsageException($"--row: '{value}' for column '{name}' is not a number. Leave it empty where it is missing: {name}=");

    private static long Date(string name, string value) =>
        value.Length == 0 ? DateColumn.Missing
        : DateTime.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out DateTime date) ? date.Ticks
        : throw new UsageException($"--row: '{value}' for column '{name}' is not a date such as 2026-01-31.");

    private static VectorColumn Vector(ColumnSchema input, string value)
    {
        string[] cells = value.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries);
        return cells.Length == input.Shape[0]
            ? new VectorColumn(input.Name, [.. cells.Select(cell => (float)Number(input.Name, cell))], 1, cells.Length)
            : throw new UsageException($"--row: column '{input.Name}' needs {input.Shape[0]} numbers separated by spaces, has {cells.Length}.");
    }

    private static UsageException Unknown(string name, IReadOnlyList<ColumnSchema> inputs)
    {
        string? nearest = NearestName.Of(name, inputs.Select(input => input.Name));
        return new UsageException($"--row: the model has no column '{name}'."
            + (nearest is null ? $" It reads {Listed(inputs)}." : $" Did you mean '{nearest}'?"));
    }

    private static string Listed(IReadOnlyList<ColumnSchema> inputs) =>
        string.Join(", ", inputs.Take(20).Select(input => input.Name)) + (inputs.Count > 20 ? $" and {inputs.Count - 20} more" : "");
}
