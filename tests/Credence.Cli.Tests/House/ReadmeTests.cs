using System.Diagnostics;
using Credence.Cli.Tests.Support;
using Credence.Files.Inputs;

namespace Credence.Cli.Tests.House;

/// <summary>What the README shows is what happens. CREDENCE_APPROVE=1 writes the command's output into it anew.</summary>
public class ReadmeTests
{
    private static readonly string Readme = Repository.Path("README.md");

    [Fact]
    public void Example_IsTheSampleThatIsCompiled()
    {
        string sample = File.ReadAllText(Repository.Path("samples", "Credence.Samples.Readme", "Program.cs"));

        Assert.Equal(sample.Trim(), Block("csharp").Trim());
    }

    [Fact]
    public void Example_Runs()
    {
        string data = Repository.Data("iris", "iris.data");
        Assert.SkipUnless(File.Exists(data), $"{data} is absent: set CREDENCE_DATA to the folder of data sets.");
        string folder = Directory.CreateTempSubdirectory("credence-readme-").FullName;
        try
        {
            File.Copy(data, Path.Combine(folder, "iris.data"));
            var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true };
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(
                Repository.Path("samples", "Credence.Samples.Readme", "bin", "Release", "net10.0", "Credence.Samples.Readme.dll"));
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();

            Assert.Equal(0, process.ExitCode);
            Assert.Matches(
                @"^Iris-virginica \d\d\.\d %, Iris-versicolor \d\d\.\d %; set: Iris-virginica, Iris-versicolor; abstains; "
                + @"log loss 0\.\d{4}\nIris-v\w+ \d\d\.\d %, Iris-v\w+ \d\d\.\d %; set: ",
                output);
            Assert.InRange(Block("csharp").Split('\n').Count(line => line.Length > 0), 15, 25);
            Assert.True(new FileInfo(Path.Combine(folder, "iris.credence")).Length > 1000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Quickstart_PrintsWhatTheReadmeShows() => AssertShows("text", "quickstart");

    [Fact]
    public void Train_PrintsWhatTheReadmeShows()
    {
        string data = Repository.Data("adult", "adult.txt");
        Assert.SkipUnless(File.Exists(data), $"{data} is absent: set CREDENCE_DATA to the folder of data sets.");
        AssertShows("console output", "train", data, "--label", "-1", "--report", "report.html");
    }

    /// <summary>What is printed stands in the README's block of that language, but for paths and seconds.</summary>
    private static void AssertShows(string language, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("credence-readme-").FullName;
        try
        {
            CommandResult result = CommandLine.RunIn(folder, "", arguments);
            Assert.Equal(0, result.ExitCode);
            string[] lines = [.. result.Output.Split('\n').Select(line => line.TrimEnd())];
            string shown = string.Join('\n',
                lines.Take(Array.FindIndex(lines, line => line.StartsWith("Wrote", StringComparison.Ordinal)) + 1)).Trim('\n');
            if (Environment.GetEnvironmentVariable("CREDENCE_APPROVE") == "1")
                File.WriteAllText(Readme, File.ReadAllText(Readme)
                    .Replace($"```{language}\n{Block(language)}", $"```{language}\n{shown}\n", StringComparison.Ordinal));

            Assert.Equal(shown, Block(language).Trim('\n'));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The first fenced block of a language.</summary>
    private static string Block(string language)
    {
        string text = File.ReadAllText(Readme), fence = $"```{language}\n";
        int from = text.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return text[from..text.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
