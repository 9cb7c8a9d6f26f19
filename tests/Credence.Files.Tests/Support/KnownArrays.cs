using System.Text.Json;
using Credence.Files.Arrays;

namespace Credence.Files.Tests.Support;

/// <summary>The arrays of tests/golden/arrays, as tools/golden/arrays.py wrote them.</summary>
internal static class KnownArrays
{
    private static readonly JsonElement Known =
        JsonDocument.Parse(File.ReadAllText(Repository.Golden("arrays", "arrays.json"))).RootElement;

    /// <summary>An array's numbers, row-major.</summary>
    public static double[] Numbers(string name) => [.. Values(name).Select(Number)];

    /// <summary>An array's texts, row-major.</summary>
    public static string[] Texts(string name) => [.. Values(name).Select(value => value.GetString()!)];

    /// <summary>Holds an array's shape and every element against what was written.</summary>
    public static void Check(string name, ArrayValues array)
    {
        Assert.Equal(Known.GetProperty(name).GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()), array.Shape);
        if (array.Values is string[] texts)
            Assert.Equal(Texts(name), texts);
        else if (array.Values is long[] whole)
            Assert.Equal(Values(name).Select(value => value.GetInt64()), whole);
        else
            Assert.Equal(Numbers(name), array.Doubles());
    }

    private static JsonElement.ArrayEnumerator Values(string name) => Known.GetProperty(name).GetProperty("values").EnumerateArray();

    private static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => value.GetDouble(),
    };
}
