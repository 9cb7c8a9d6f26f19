using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Credence.Cli.Tests.Support;
using Credence.Files.Inputs;

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
        ["Credence.Onnx"] = ["Credence.Workflows"],
        ["Credence.Report"] = ["Credence.Workflows"],
        ["Credence.Cli"] = ["Credence.Workflows", "Credence.Onnx", "Credence.Report"],
    };

    /// <summary>The rooms of Credence from left to right: each uses only those before it.</summary>
    private static readonly string[] Rooms =
    [
        "Persistence", "Threading", "Data", "Features", "Optimization", "Losses", "LogitModels", "Boosting", "Linear", "Calibration",
        "Networks", "Evaluation", "Decisions", "Conformal",
        "OutOfDistribution", "Shift", "Models", "Diagnostics",
    ];

    [Fact]
    public void Projects_ReferenceOnlyWhatStandsToTheirLeft()
    {
        foreach (string folder in Directory.GetDirectories(Repository.Path("src")))
        {
            string project = Path.GetFileName(folder);
            Assert.True(
                ProjectReferences.TryGetValue(project, out string[]? allowed),
                $"src/{project} has no place in the house yet: give it one here.");
            string[] references = [.. Items(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension)!];
            Assert.Equal(allowed.Order(), references.Order());
        }
    }

    [Theory]
    [InlineData("Credence.Numerics")]
    [InlineData("Credence")]
    public void Libraries_HaveNoPackageReference(string project) => Assert.Empty(Items(project, "PackageReference"));

    [Theory]
    [InlineData("Credence.Numerics")]
    [InlineData("Credence")]
    [InlineData("Credence.Files")]
    [InlineData("Credence.Workflows")]
    [InlineData("Credence.Onnx")]
    [InlineData("Credence.Report")]
    [InlineData("Credence.Cli")]
    public void Folders_NeverUseEachOther(string project) => Assert.Empty(FolderUses.Cycle(FolderUses.Of(project)));

    [Fact]
    public void Rooms_UseOnlyWhatStandsToTheirLeft()
    {
        var wrong = new List<string>();
        foreach ((string folder, SortedDictionary<string, string> uses) in FolderUses.Of("Credence"))
        {
            int room = Array.IndexOf(Rooms, folder.Split('/')[0]);
            Assert.True(room >= 0, $"src/Credence/{folder} has no place in the house yet: give it one here.");
            wrong.AddRange(uses.Where(used => Array.IndexOf(Rooms, used.Key.Split('/')[0]) > room)
                .Select(used => $"{folder} → {used.Key}: {used.Value}"));
        }

        Assert.Empty(wrong);
    }

    /// <summary>The folders and their uses, for a reader. Set CREDENCE_APPROVE=1 to write the page anew.</summary>
    [Fact]
    public void Rooms_AreListedAsTheyAre()
    {
        var text = new StringBuilder(
            "# Folders and what they use\n\nWritten by `LayeringTests` from the compiled assemblies. No two folders use each other.\n");
        foreach (string project in ProjectReferences.Keys)
        {
            text.Append($"\n## {project}\n\n| folder | uses |\n| --- | --- |\n");
            foreach ((string folder, SortedDictionary<string, string> uses) in FolderUses.Of(project))
                text.Append($"| {folder} | {(uses.Count == 0 ? "nothing" : string.Join(", ", uses.Keys))} |\n");
        }

        Approved.Check(text.ToString(), Repository.Path("docs", "rooms.md"));
    }

    [Fact]
    public void Folders_AreNamespaces()
    {
        string[] wrong = [.. Repository.Sources("src")
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Path("src"), file))
            .Where(file => !file.StartsWith("Credence.Numerics", StringComparison.Ordinal) && Path.GetFileName(file) != "Program.cs")
            .Where(file => !File.ReadAllText(Repository.Path("src", file)).Contains(
                $"\nnamespace {Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '.')};", StringComparison.Ordinal)
                && !File.ReadAllText(Repository.Path("src", file)).StartsWith(
                    $"namespace {Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '.')};", StringComparison.Ordinal))];

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

    /// <summary>As .editorconfig's max_line_length says. Seeds of the fuzzer are files in strings.</summary>
    [Fact]
    public void Lines_AreAtMost140Characters()
    {
        string[] tooLong = [.. new[] { "src", "tests", "bench", "fuzz", "samples" }.SelectMany(Repository.Sources)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !file.Contains("Seeds", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file)
                .Select((line, i) => (Line: line, Place: $"{Path.GetFileName(file)} line {i + 1}"))
                .Where(line => line.Line.Length > 140))
            .Select(line => line.Place)];

        Assert.Empty(tooLong);
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
        XDocument.Load(Repository.Path("src", project, project + ".csproj")).Descendants(kind)
            .Select(item => item.Attribute("Include")!.Value);

    /// <summary>A text in quotes with <c>--name</c> in it.</summary>
    [GeneratedRegex(@"""[^""]*--[a-z][a-z-]+")]
    private static partial Regex OptionInText();

    [GeneratedRegex(@"\bSystem\.Runtime\.Intrinsics\b|\bVector(64|128|256|512)?(<|\.[A-Z])")]
    private static partial Regex VectorType();
}
