using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Report.Outcomes;

/// <summary>A row's content in one line, for a person to recognise the row.</summary>
internal static class RowExcerpt
{
    private const int MostCells = 8;
    private const int MostText = 200;

    /// <summary>The row's text, or its first cells by name.</summary>
    public static string Of(Table table, int row)
    {
        if (table.Columns.FirstOrDefault(column => column.Kind == ColumnKind.Text) is { } text)
            return Cut(text.Describe(row));

        IEnumerable<string> cells = table.Columns.Take(MostCells).Select(column => $"{column.Name} {Cut(column.Describe(row))}");
        return string.Join(", ", cells) + (table.Columns.Count > MostCells ? ", …" : "");
    }

    private static string Cut(string text) => text.Length <= MostText ? text : string.Concat(text.AsSpan(0, MostText), "…");
}
