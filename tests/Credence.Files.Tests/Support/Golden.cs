using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Arrays;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Tests.Support;

/// <summary>Reads files that other programs wrote, from tests/golden.</summary>
internal static class Golden
{
    /// <summary>A row's value of a column as a test says it: a number, a name, a text, a day and time, or null where missing.</summary>
    public static object? Cell(this IColumn column, int row) => column switch
    {
        NumberColumn numbers => double.IsNaN(numbers.Values[row]) ? null : numbers.Values[row],
        CategoryColumn names => names[row],
        TextColumn texts => texts[row],
        DateColumn dates => dates.Ticks[row] == DateColumn.Missing ? null : new DateTime(dates.Ticks[row]),
        _ => throw new NotSupportedException($"A cell of a column of kind {column.Kind} is no single value."),
    };

    /// <summary>All rows of a column.</summary>
    public static object?[] Cells(this DataChunk chunk, string name) =>
        Cells(chunk.Features.Find(name) ?? throw new ArgumentException($"There is no column '{name}'."));

    /// <summary>All rows of a column.</summary>
    public static object?[] Cells(this IColumn column) => [.. Enumerable.Range(0, column.Count).Select(column.Cell)];

    /// <summary>Reads a file of tests/golden.</summary>
    public static DataChunk Read(string name, ReadOptions? options = null)
    {
        using IRowSource source = DataFiles.Open([Repository.Golden(name.Split('/'))], options ?? new ReadOptions());
        return source.ReadAll();
    }

    /// <summary>The arrays of a file of tests/golden.</summary>
    public static IReadOnlyList<ArrayValues> Arrays(string name)
    {
        using InputFile file = InputFile.At(Repository.Golden(name.Split('/')), new ReadOptions());
        return ArrayFile.Read(file, _ => true, new ReadOptions());
    }
}
