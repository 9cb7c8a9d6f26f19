namespace Credence.Data;

/// <summary>Concatenates the rows of tables with the same columns.</summary>
internal static class TableConcatenation
{
    /// <summary>The rows of all tables, in order.</summary>
    /// <param name="tables">At least one table; all have the same columns in the same order.</param>
    public static Table Of(IReadOnlyList<Table> tables) => tables.Count == 1
        ? tables[0]
        : new Table(
            [.. tables[0].Columns.Select((first, i) => first.Append([.. tables.Skip(1).Select(table => table.Columns[i])]))],
            tables.Sum(table => table.Rows));
}
