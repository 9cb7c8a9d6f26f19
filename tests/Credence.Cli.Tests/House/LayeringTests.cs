using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Credence.Cli.Tests.House;

/// <summary>Data flows one way through the house: a part uses what stands to its left, never what stands to its right.</summary>
public partial class LayeringTests
{
    private static readonly Dictionary<string, string[]> ProjectReferences = new()
    {
        ["Credence.Numerics"] = [],
        ["Credence"] = ["Credence.Numerics"],
        ["Credence.Files"] = ["Credence"],
        ["Credence.Workflows"] = ["Credence.Files"],
        ["Credence.Report"] = ["Credence.Workflows"],
        ["Credence.Cli"] = ["Credence.Workflows", "Credence.Report"],
    };

    private static readonly Dictionary<string, string[]> Uses = new()
    {
        ["Data"] = [],
        ["Features"] = ["Data"],
        ["Training"] = ["Data", "Features"],
        ["Calibration"] = ["Data"],
        ["Evaluation"] = ["Data", "Calibration"],
        ["Decisions"] = ["Data", "Calibration", "Evaluation"],
        ["Models"] = ["Data", "Features", "Training", "Calibration", "Evaluation", "Decisions"],
    };

    [Fact]
    public void Projects_ReferenceOnlyWhatStandsToTheirLeft()
    {
        foreach (string folder in Directory.GetDirectories(Repository.Path("src")))
        {
            string project = Path.GetFileName(folder);
            Assert.True(ProjectReferences.TryGetValue(project, out string[]? allowed), $"src/{project} has no place in the house yet: give it one here.");
            string[] references = [.. Items(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension)!];
            Assert.Equal(allowed.Order(), references.Order());
        }
    }

    [Theory]
    [InlineData("Credence.Numerics")]
    [InlineData("Credence")]
    public void Libraries_HaveNoPackageReference(string project) => Assert.Empty(Items(project, "PackageReference"));

    [Fact]
    public void Rooms_UseOnlyWhatStandsToTheirLeft()
    {
        var wrong = new List<string>();
        foreach (string file in Repository.Sources(Path.Combine("src", "Credence")))
        {
            string room = Path.GetRelativePath(Repository.Path("src", "Credence"), file).Split(Path.DirectorySeparatorChar)[0];
            Assert.True(Uses.TryGetValue(room, out string[]? allowed), $"src/Credence/{room} has no place in the house yet: give it one here.");
            foreach (Match match in UsedRoom().Matches(File.ReadAllText(file)))
            {
                string used = match.Groups[1].Value;
                if (used != room && Uses.ContainsKey(used) && !allowed.Contains(used))
                    wrong.Add($"{Path.GetFileName(file)} in {room} uses {used}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void LoopsOverVectors_StandInNumericsAlone()
    {
        string numerics = Repository.Path("src", "Credence.Numerics") + Path.DirectorySeparatorChar;
        string[] elsewhere = [.. Repository.Sources("src")
            .Where(file => !file.StartsWith(numerics, StringComparison.Ordinal) && VectorType().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Path("src"), file))];

        Assert.Empty(elsewhere);
    }

    [Fact]
    public void Files_AreOneIdeaEach()
    {
        string[] tooLong = [.. Repository.Sources("src")
            .Select(file => (Name: Path.GetFileName(file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > 400)
            .Select(file => $"{file.Name}: {file.Lines} lines")];

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Libraries_NameNoOptionOfTheCommand()
    {
        string[] wrong = [.. Directory.GetDirectories(Repository.Path("src"))
            .Where(folder => Path.GetFileName(folder) != "Credence.Cli")
            .SelectMany(folder => Repository.Sources(folder))
            .SelectMany(file => File.ReadLines(file)
                .Select((line, i) => (Line: line.TrimStart(), Place: $"{Path.GetFileName(file)} line {i + 1}"))
                .Where(line => !line.Line.StartsWith("//", StringComparison.Ordinal) && OptionInText().IsMatch(line.Line)))
            .Select(line => $"{line.Place}: {line.Line}")];

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Repository.Path("src", project, project + ".csproj")).Descendants(kind).Select(item => item.Attribute("Include")!.Value);

    [GeneratedRegex(@"\bCredence\.([A-Z][A-Za-z]+)\b")]
    private static partial Regex UsedRoom();

    /// <summary>A text in quotes with <c>--name</c> in it.</summary>
    [GeneratedRegex(@"""[^""]*--[a-z][a-z-]+")]
    private static partial Regex OptionInText();

    [GeneratedRegex(@"\bSystem\.Runtime\.Intrinsics\b|\bVector(64|128|256|512)?(<|\.[A-Z])")]
    private static partial Regex VectorType();
}
