using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Records;

/// <summary>Several labels a row, in JSON's lists and between separators, as Python wrote them: tools/golden/tables.py.</summary>
public class LabelSetBuilderTests
{
    [Theory]
    [InlineData("lists.jsonl", ",")]
    [InlineData("lists.csv", ";")]
    public void EveryRow_HasItsLabels(string file, string separator)
    {
        var options = new ReadOptions { Label = "tags", LabelSeparator = separator, Text = "note", HasHeader = true };
        LabelSets sets = Golden.Read($"tables/{file}", options).LabelSets!;

        object?[] colours = KnownRows.Cells("colour"), labels = KnownRows.Cells("label");
        Assert.Equal(["blue", "grün", "no", "red", "yes"], sets.Names.Order(StringComparer.Ordinal));
        for (int row = 0; row < colours.Length; row++)
        {
            string[] expected = [.. new[] { colours[row], labels[row] }.OfType<string>().Order(StringComparer.Ordinal)];
            Assert.Equal(expected, sets[row].ToArray().Select(k => sets.Names[k]).Order(StringComparer.Ordinal));
        }
    }
}
