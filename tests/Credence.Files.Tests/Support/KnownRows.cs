using System.Text.Json;
using Credence.Data;
using Credence.Files.Inputs;

namespace Credence.Files.Tests.Support;

/// <summary>The twelve rows that all files of tests/golden/tables hold, as tools/golden/tables.py wrote them.</summary>
internal static class KnownRows
{
    private static readonly JsonElement Columns =
        JsonDocument.Parse(File.ReadAllText(Repository.Golden("tables", "rows.json"))).RootElement;

    /// <summary>The columns' names.</summary>
    public static string[] Names { get; } = [.. Columns.EnumerateObject().Select(column => column.Name)];

    /// <summary>A column's cells: a double, a text, a day, or null where missing.</summary>
    public static object?[] Cells(string name) => [.. Columns.GetProperty(name).EnumerateArray().Select(cell => cell.ValueKind switch
    {
        JsonValueKind.Number => cell.GetDouble(),
        JsonValueKind.Null => null,
        _ when name == "day" => DateTime.ParseExact(cell.GetString()!, "yyyy-MM-dd", null),
        _ => (object?)cell.GetString(),
    })];

    /// <summary>Reads a file and holds every cell of every column against what was written.</summary>
    /// <param name="file">Its name in tests/golden/tables.</param>
    /// <param name="options">How it is read.</param>
    public static void Check(string file, ReadOptions options)
    {
        DataChunk rows = Golden.Read($"tables/{file}", options);

        Assert.Equal(Names.Length - 1, rows.Features.Columns.Count);
        for (int i = 0; i < Names.Length - 1; i++)
        {
            string name = rows.Features.Find(Names[i]) is null ? $"column {i + 1}" : Names[i];
            Assert.Equal(Cells(Names[i]), rows.Cells(name));
        }

        Assert.Equal(Cells("label"), rows.LabelNames());
    }
}
