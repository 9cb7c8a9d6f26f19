using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Workflows.Predictions;

/// <summary>Makes a one-row table from text.</summary>
public static class OneRow
{
    /// <summary>What <see cref="WorkflowOptionException.Option"/> calls the text of a row.</summary>
    public const string Row = "Row";

    /// <summary>What <see cref="WorkflowOptionException.Option"/> calls the one text.</summary>
    public const string Text = "Text";

    /// <summary>The row of <c>name=value,name=value</c>. A value may hold commas if no equals sign follows before the next comma.</summary>
    /// <param name="typed">The row's text.</param>
    /// <param name="inputs">The columns the model knows.</param>
    /// <param name="layout">How the model's data were laid out, with how numbers and dates were written; null for the usual way.</param>
    /// <exception cref="WorkflowOptionException">A name is unknown, or a value is not a number where one is needed.</exception>
    public static Table Parse(string typed, IReadOnlyList<ColumnSchema> inputs, DataLayout? layout = null)
    {
        var columns = new List<IColumn>();
        foreach ((string name, string value) in Cells(typed))
        {
            ColumnSchema input = inputs.FirstOrDefault(input => input.Name == name) ?? throw Unknown(name, inputs);
            if (columns.Any(column => column.Name == name))
                throw new WorkflowOptionException($"Column '{name}' is given twice.", Row);

            bool isMissing = input.Kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.Date && CellText.IsMissing(value, layout);
            columns.Add(Column(input, isMissing ? "" : value, layout?.Find(name)?.Format));
        }

        return new Table(columns, 1);
    }

    /// <summary>The row of one text.</summary>
    /// <exception cref="WorkflowOptionException">The model has no text column, or several.</exception>
    public static Table OfText(string text, IReadOnlyList<ColumnSchema> inputs)
    {
        ColumnSchema[] texts = [.. inputs.Where(input => input.Kind == ColumnKind.Text)];
        return texts.Length == 1
            ? new Table([TextColumn.FromStrings(texts[0].Name, [text])])
            : throw new WorkflowOptionException(
                texts.Length == 0
                    ? $"The model reads no text; it reads {Listed(inputs)}."
                    : $"The model reads {texts.Length} texts; a row names each: '{texts[0].Name}=…,{texts[1].Name}=…'.",
                Text);
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
            : throw new WorkflowOptionException($"'{part}' is not name=value. A row looks like this: 'age=39,sex=Male'", Row);
    }

    private static IColumn Column(ColumnSchema input, string value, string? format) => input.Kind switch
    {
        ColumnKind.Number => new NumberColumn(input.Name, [Number(input.Name, value, format)]),
        ColumnKind.Text => TextColumn.FromStrings(input.Name, [value]),
        ColumnKind.Category => CategoryColumn.FromNames(input.Name, [value.Length == 0 ? null : value]),
        ColumnKind.Date => new DateColumn(input.Name, [Date(input.Name, value, format)]),
        ColumnKind.Vector => Vector(input, value),
        _ => throw new WorkflowOptionException(
            $"Column '{input.Name}' holds {input.Kind.ToString().ToLowerInvariant()} data, which can't be given as text; give a file."),
    };

    private static double Number(string name, string value, string? format = null) =>
        value.Length == 0 ? double.NaN
        : CellText.TryNumber(value, format, out double number) && double.IsFinite(number) ? number
        : throw new WorkflowOptionException(
            $"'{value}' for column '{name}' is not a number. Leave it empty where it is missing: {name}=", Row);

    private static long Date(string name, string value, string? format) =>
        value.Length == 0 ? DateColumn.Missing
        : CellText.TryDate(value, format, out long ticks) ? ticks
        : throw new WorkflowOptionException($"'{value}' for column '{name}' is not a date such as 2026-01-31.", Row);

    private static VectorColumn Vector(ColumnSchema input, string value)
    {
        string[] cells = value.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries);
        return cells.Length == input.Shape[0]
            ? new VectorColumn(input.Name, [.. cells.Select(cell => (float)Number(input.Name, cell))], 1, cells.Length)
            : throw new WorkflowOptionException(
                $"Column '{input.Name}' needs {input.Shape[0]} numbers separated by spaces, has {cells.Length}.", Row);
    }

    private static WorkflowOptionException Unknown(string name, IReadOnlyList<ColumnSchema> inputs)
    {
        string? nearest = NearestName.Of(name, inputs.Select(input => input.Name));
        string hint = nearest is null ? $"It reads {Listed(inputs)}." : $"Did you mean '{nearest}'?";
        return new WorkflowOptionException($"The model has no column '{name}'. {hint}", Row);
    }

    private static string Listed(IReadOnlyList<ColumnSchema> inputs) =>
        string.Join(", ", inputs.Take(20).Select(input => input.Name)) + (inputs.Count > 20 ? $" and {inputs.Count - 20} more" : "");
}
