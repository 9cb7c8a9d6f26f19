using System.Text.RegularExpressions;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests.House;

/// <summary>The pages of docs/ say what the code does.</summary>
public partial class DocsTests
{
    [Fact]
    public void Json_NamesEveryFieldThatTheCommandWrites()
    {
        HashSet<string> told = [.. Quoted().Matches(Page("json.md") + Page("evaluation.md")).Select(match => match.Groups[1].Value)];
        string[] missing =
        [
            .. Repository.Sources("src").Where(file => file.Contains("Credence.Cli", StringComparison.Ordinal)
                    && Path.GetFileName(file) != "HelpWithExample.cs")
                .SelectMany(file => Written().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value)
                .Distinct().Where(name => !told.Contains(name)).Order(StringComparer.Ordinal),
        ];

        Assert.True(missing.Length == 0, $"docs/json.md says nothing of {string.Join(", ", missing)}");
    }

    [Fact]
    public void Evaluation_DefinesEveryMetricAsTheCommandDoes()
    {
        string folder = Directory.CreateTempSubdirectory("credence-docs-").FullName;
        try
        {
            string rows = string.Concat(Enumerable.Range(0, 60)
                .Select(i => $"0.{i % 8 + 1},0.{9 - (i % 8 + 1)},{(i % 3 == 0 ? "a" : "b")}\n"));
            File.WriteAllText(Path.Combine(folder, "scores.csv"), $"a,b,truth\n{rows}");
            CommandResult result = CommandLine.RunIn(
                folder, "", "evaluate", "scores.csv", "--label", "truth", "--input", "probabilities", "--normalize", "--json");
            Assert.Equal(0, result.ExitCode);
            using var json = System.Text.Json.JsonDocument.Parse(result.Output);
            string page = Page("evaluation.md");
            Assert.All(
                json.RootElement.GetProperty("test").GetProperty("definitions").EnumerateObject(),
                metric => Assert.Contains(
                    $"| `{metric.Name}` | {metric.Value.GetString()!.Replace("|", "\\|", StringComparison.Ordinal)} |\n", page,
                    StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Cases_ListsEveryPage()
    {
        string page = Page("cases.md");
        Assert.All(Directory.GetFiles(Repository.Path("docs", "cases"), "*.md"), file =>
            Assert.Contains($"(cases/{Path.GetFileName(file)})", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Contributing_NamesFilesThatAreThere()
    {
        string text = File.ReadAllText(Repository.Path("CONTRIBUTING.md"));
        string[] named = [.. Paths().Matches(text).Select(match => match.Groups[1].Value)];
        Assert.True(named.Length >= 10);
        Assert.All(named, path => Assert.True(Path.Exists(Repository.Path(path.Split('/'))), path));
    }

    private static string Page(string name) => File.ReadAllText(Repository.Path("docs", name));

    [GeneratedRegex(@"\[""([a-z][a-z0-9_]*)""\] =|(?:Write\w+|PropertyName|Add|Number|Interval)\(""([a-z][a-z0-9_]*)""")]
    private static partial Regex Written();

    [GeneratedRegex("`([a-z][a-z0-9_]*)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"`((?:src|tests|docs|tools|bench|samples)/[\w./]+)`")]
    private static partial Regex Paths();
}
