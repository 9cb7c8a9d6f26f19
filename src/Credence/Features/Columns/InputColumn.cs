using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Features.Columns;

/// <summary>Finds in a table what an encoder reads, and says what is unlike the training rows.</summary>
internal static class InputColumn
{
    /// <summary>The column, converted or made of missing cells where need be.</summary>
    /// <exception cref="InvalidDataException">It is absent and can't be missing, or can't be converted.</exception>
    public static IColumn Find(Table table, IColumnEncoder encoder, IReadOnlyList<ColumnSchema> all, ICollection<string>? notes)
    {
        ColumnSchema needed = encoder.Input;
        if (table.Find(needed.Name) is not { } there)
            return Absent(table, needed, all, notes);

        IColumn column = ColumnConversion.To(there, needed, out string? note);
        if (note is not null)
            notes?.Add(note);

        if (notes is not null && encoder is CategoryEncoder categories && categories.CountUnseen((CategoryColumn)column) is var unseen and > 0)
            notes.Add($"column '{needed.Name}' has a category not kept from training in {unseen} of {table.Rows} rows: it counts as another");

        return column;
    }

    private static IColumn Absent(Table table, ColumnSchema needed, IReadOnlyList<ColumnSchema> all, ICollection<string>? notes)
    {
        string there = table.Columns.Count == 0 ? "none" : string.Join(", ", table.Columns.Take(20).Select(column => $"'{column.Name}'"));
        if (!all.Any(input => table.Find(input.Name) is not null))
        {
            throw new InvalidDataException(
                $"None of the model's columns is there: it needs {string.Join(", ", all.Take(20).Select(input => $"'{input.Name}'"))}; there are {there}.");
        }

        IColumn missing = needed.Kind switch
        {
            ColumnKind.Number => new NumberColumn(needed.Name, Filled(table.Rows, double.NaN)),
            ColumnKind.Category => new CategoryColumn(needed.Name, Filled(table.Rows, -1), []),
            ColumnKind.Date => new DateColumn(needed.Name, Filled(table.Rows, DateColumn.Missing)),
            _ => throw new InvalidDataException($"Column '{needed.Name}' is absent, and the model can't do without it; there are {there}."),
        };
        notes?.Add($"column '{needed.Name}' is absent: treated as missing in every row");
        return missing;
    }

    private static T[] Filled<T>(int rows, T value)
    {
        var filled = new T[rows];
        Array.Fill(filled, value);
        return filled;
    }
}
