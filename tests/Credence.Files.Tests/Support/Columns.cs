using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Records;

namespace Credence.Files.Tests.Support;

/// <summary>What is in a table, as a test says it.</summary>
internal static class Columns
{
    /// <summary>The columns as "name:Kind".</summary>
    public static string[] Kinds(this IRowSource source) => [.. source.Schema.Select(column => $"{column.Name}:{column.Kind}")];

    public static double[] Numbers(this DataChunk chunk, string name) =>
        Assert.IsType<NumberColumn>(chunk.Features.Find(name)).Values.ToArray();

    public static string?[] Categories(this DataChunk chunk, string name) =>
        Assert.IsType<CategoryColumn>(chunk.Features.Find(name)).Names();

    public static string[] Texts(this DataChunk chunk, string name)
    {
        TextColumn column = Assert.IsType<TextColumn>(chunk.Features.Find(name));
        return [.. Enumerable.Range(0, column.Count).Select(row => column[row])];
    }

    public static string?[] Names(this CategoryColumn column) => [.. Enumerable.Range(0, column.Count).Select(row => column[row])];

    public static string?[] LabelNames(this DataChunk chunk) => chunk.Labels!.Names();
}
