using Credence.Data;
using Credence.Data.Columns;
using Credence.Features.Columns;

namespace Credence.Features;

/// <summary>Finds an encoder's column in a table, and notes differences from the training rows.</summary>
internal static class InputColumn
{
    /// <summary>The column, converted, or made of missing cells, where necessary.</summary>
    /// <exception cref="InvalidDataException">A required column is absent, or the column can't be converted.</exception>
    public static IColumn Find(
        Table table, IColumnEncoder encoder, IReadOnlyList<ColumnSchema> all, bool allowAbsent, ICollection<string>? notes)
    {
        ColumnSchema needed = encoder.Input;
        if (table.Find(needed.Name) is not { } there)
            return Absent(table, encoder, all, allowAbsent, notes);

        IColumn column = ColumnConversion.To(there, encoder, out string? note);
        if (note is not null)
            notes?.Add(note);

        if (notes is not null && encoder.Remark(column) is { } remark)
            notes.Add(remark);

        return column;
    }

    private static IColumn Absent(
        Table table, IColumnEncoder encoder, IReadOnlyList<ColumnSchema> all, bool allowAbsent, ICollection<string>? notes)
    {
        string there = table.Columns.Count == 0 ? "none" : string.Join(", ", table.Columns.Take(20).Select(column => $"'{column.Name}'"));
        if (!all.Any(input => table.Find(input.Name) is not null))
        {
            throw new InvalidDataException(
                "None of the model's columns is in the data: it needs "
                    + $"{string.Join(", ", all.Take(20).Select(input => $"'{input.Name}'"))}; there are {there}.");
        }

        string name = encoder.Input.Name;
        IColumn? missing = encoder.Missing(table.Rows);
        if (missing is null || !allowAbsent)
        {
            throw new InvalidDataException($"Column '{name}' is absent, but the model requires it; there are {there}."
                + (missing is null ? "" : " Add it with empty cells, or allow absent columns, where its values are not known."));
        }

        notes?.Add($"column '{name}' is absent: treated as missing in every row");
        return missing;
    }
}
