using System.Text.Json;
using Credence.Data.Columns;
using Credence.Features;
using Credence.Features.Columns;
using Credence.Features.Matrices;
using Credence.Persistence;

namespace Credence.Tests.Support;

/// <summary>Reference values of tests/golden/features, which the scripts of tools/golden wrote.</summary>
internal static class KnownFeatures
{
    /// <summary>A part of a file.</summary>
    public static JsonElement Part(string file, string part) =>
        JsonDocument.Parse(File.ReadAllText(Repository.Golden("features", file))).RootElement.GetProperty(part);

    /// <summary>A list of numbers, NaN for null.</summary>
    public static double[] Numbers(this JsonElement list) =>
        [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? double.NaN : item.GetDouble())];

    /// <summary>A list of texts.</summary>
    public static string?[] Texts(this JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString())];

    /// <summary>The items of a list.</summary>
    public static JsonElement[] Items(this JsonElement list) => [.. list.EnumerateArray()];

    /// <summary>What an encoder makes of a column: [rows][features].</summary>
    public static float[][] Encode(IColumnEncoder encoder, IColumn column)
    {
        DenseMatrix matrix = MatrixWriter.Dense([encoder], [column], column.Count, encoder.Width, 1, CancellationToken.None);
        return [.. Enumerable.Range(0, column.Count).Select(row => matrix.Row(row).ToArray())];
    }

    /// <summary>Holds an encoder's names and what it makes of a column against a part of columns.json.</summary>
    /// <param name="part">The part.</param>
    /// <param name="encoder">The encoder, which was fitted on the part's training rows.</param>
    /// <param name="column">The part's other rows.</param>
    public static void Check(JsonElement part, IColumnEncoder encoder, IColumn column)
    {
        Assert.Equal<string?>(part.GetProperty("names").Texts(), encoder.Names);
        JsonElement[] expected = part.GetProperty("features").Items();
        float[][] features = Encode(encoder, column);
        Assert.Equal(expected.Length, features.Length);
        for (int row = 0; row < expected.Length; row++)
            Close(expected[row].Numbers(), features[row], 1e-6);
    }

    /// <summary>Holds numbers against others, to a relative tolerance, absolute below 1.</summary>
    public static void Close<T>(double[] expected, IReadOnlyList<T> actual, double tolerance)
        where T : System.Numerics.INumber<T>
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], double.CreateChecked(actual[i]), tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
