using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Credence.Cli.Tests.House;

/// <summary>The samples of docs/from-csharp.md stand in the page as they are compiled, and each runs.</summary>
public partial class FromCSharpTests
{
    private const string Project = "Credence.Samples.FromCSharp";
    private static readonly string Folder = Repository.Path("samples", Project);

    [Fact]
    public void ThePage_ShowsTheSamplesThatAreCompiled()
    {
        string page = File.ReadAllText(Repository.Path("docs", "from-csharp.md"));
        string[] samples = [.. Directory.GetFiles(Folder, "S?*.cs").Order(StringComparer.Ordinal)];

        Assert.Equal(6, samples.Length);
        Assert.All(samples, sample =>
            Assert.Contains($"```csharp\n{Shown(File.ReadAllText(sample))}```\n", page, StringComparison.Ordinal));
        string flower = File.ReadAllText(Path.Combine(Folder, "Flower.cs"));
        Assert.Contains(flower[flower.IndexOf("internal", StringComparison.Ordinal)..], page, StringComparison.Ordinal);
        Assert.Equal(7, page.Split("```csharp").Length - 1);
    }

    [Fact]
    public async Task EachSample_Runs()
    {
        string folder = Directory.CreateTempSubdirectory("credence-from-csharp-").FullName;
        try
        {
            File.Copy(Path.Combine(Folder, "iris.csv"), Path.Combine(folder, "iris.csv"));
            Assert.Matches(@"^log loss 0\.\d{3} on 30 flowers", Run(folder, "1"));
            Assert.Matches(@"^virginica \d+\.\d %, versicolor \d+\.\d %; set: virginica", Run(folder, "2"));
            await Serve(folder);
            Match losses = Regex.Match(Run(folder, "4"), @"^log loss (\d\.\d+) before, (\d\.\d+) after\n(virginica|versicolor) ");
            Assert.True(losses.Success && string.CompareOrdinal(losses.Groups[2].Value, losses.Groups[1].Value) < 0);
            Assert.Contains("with 95 % probability it is v", Run(folder, "5"), StringComparison.Ordinal);
            Assert.Matches("ask a person: .*; abstains\nabstain costs 0.20 on average", Run(folder, "6"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs the server, asks it once, and ends it.</summary>
    private static async Task Serve(string folder)
    {
        using Process server = Start(folder, "3", "--urls", "http://127.0.0.1:0");
        try
        {
            string? address = null;
            while (address is null && await server.StandardOutput.ReadLineAsync() is { } line)
                address = Listening().Match(line) is { Success: true } match ? match.Value : null;

            Assert.NotNull(address);
            using HttpClient client = new();
            object flower = new { sepalLength = 6.0, sepalWidth = 2.7, petalLength = 5.1, petalWidth = 1.6 };
            HttpResponseMessage answer = await client.PostAsJsonAsync($"{address}/predict", flower);
            string text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            using JsonDocument json = JsonDocument.Parse(text);
            Assert.Equal("virginica", json.RootElement.GetProperty("label").GetString());
            Assert.Equal(3, json.RootElement.GetProperty("top").GetArrayLength());
            Assert.Contains("log_loss", await client.GetStringAsync($"{address}/model"), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
        }
    }

    private static string Run(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (string argument in (string[])["exec", Path.Combine(Folder, "bin", "Release", "net10.0", $"{Project}.dll"), .. arguments])
            start.ArgumentList.Add(argument);

        return Process.Start(start)!;
    }

    /// <summary>A sample as the page shows it: its using lines, and its region without indentation.</summary>
    private static string Shown(string file)
    {
        string[] lines = file.Split('\n');
        int from = Array.FindIndex(lines, line => line.Trim() == "#region sample") + 1;
        int to = Array.FindIndex(lines, line => line.Trim() == "#endregion");
        IEnumerable<string> usings = lines.Where(line => line.StartsWith("using ", StringComparison.Ordinal));
        return string.Join('\n', [.. usings, "", .. lines[from..to].Select(line => line.Length > 8 ? line[8..] : "")]) + "\n";
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
