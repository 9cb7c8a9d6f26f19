using System.Reflection;
using System.Text.RegularExpressions;

namespace Credence.Cli.Tests.House;

/// <summary>Every public type can be found in the glossary, so that no name is used that is neither the field's nor explained.</summary>
public partial class GlossaryTests
{
    [Theory]
    [InlineData("Credence.Numerics")]
    [InlineData("Credence")]
    [InlineData("Credence.Files")]
    [InlineData("Credence.Workflows")]
    [InlineData("Credence.Onnx")]
    [InlineData("Credence.Report")]
    public void PublicTypes_StandInTheGlossary(string assembly)
    {
        string[] words = [.. Word().Matches(File.ReadAllText(Repository.Path("docs", "glossary.md")))
            .Select(match => match.Groups[1].Value)];
        string[] missing = [.. Assembly.Load(assembly).GetExportedTypes()
            .Where(type => !type.IsNested && type.Name[0] != '_') // _Imports.razor is compiled to a type.
            .Select(type => type.Name.Split('`')[0])
            .Except(words)
            .Order(StringComparer.Ordinal)];

        Assert.True(missing.Length == 0, $"docs/glossary.md does not name these public types of {assembly}: {string.Join(", ", missing)}.");
    }

    [Fact]
    public void Terms_AreDefinedOnceEach()
    {
        string[] terms = [.. Term().Matches(File.ReadAllText(Repository.Path("docs", "glossary.md")))
            .Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(terms);
        Assert.Empty(terms.CountBy(term => term).Where(term => term.Value > 1).Select(term => term.Key));
    }

    /// <summary>A name in backquotes.</summary>
    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Word();

    /// <summary>A term at the beginning of its line.</summary>
    [GeneratedRegex(@"^- \*\*(.+?)\*\*", RegexOptions.Multiline)]
    private static partial Regex Term();
}
