using System.Globalization;
using System.Text.RegularExpressions;
using Credence.Cli.Tests.Support;
using Credence.Numerics;

namespace Credence.Cli.Tests.House;

/// <summary>Every command line that the README shows is run as it stands, in its order, beside small files of the names that it
/// uses.</summary>
public sealed partial class ReadmeCommandsTests : IDisposable
{
    // Command lines that are not run here, and why.
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["./credence quickstart"] = "ReadmeTests runs it, and compares what it prints",
        ["./test.sh"] = "it runs this test",
    };

    private static readonly string[] Kinds = ["ant", "bee", "cicada"];
    private readonly string folder = Directory.CreateTempSubdirectory("credence-readme-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void EveryCommandLine_Runs()
    {
        string readme = File.ReadAllText(Repository.Path("README.md"));
        string[] lines = [.. CommandLineOf().Matches(readme).Select(match => match.Groups["line"].Value.Trim())];
        Assert.InRange(lines.Length, 12, 40);
        Assert.Equal(lines.Count(line => line.Contains("credence ", StringComparison.Ordinal)), lines.Length - 1);
        Assert.Empty(NotRun.Keys.Except(lines));

        WriteFiles();
        foreach (string line in lines.Where(line => !NotRun.ContainsKey(line)))
        {
            CommandResult result = Shell.Run(folder, Command().Replace(line, "$C "));

            Assert.True(result.ExitCode == 0, $"{line}\nends with {result.ExitCode}: {result.Error}");
            Assert.True(result.Output.Length > 0, $"{line}\nprints nothing");
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        }

        string[] written = ["model.credence", "report.html", "calibrator.credence", "calibrated.onnx"];
        Assert.All(written, name => Assert.True(new FileInfo(Path.Combine(folder, name)).Length > 1000, name));
    }

    private void WriteFiles()
    {
        Write("adult.txt", "age, workclass, hours-per-week, income\n", 300, (kind, rng) => string.Create(CultureInfo.InvariantCulture,
            $"{30 + (5 * kind) + (8 * rng.NextNormal()):0}, {(rng.NextDouble() < 0.5 ? "Private" : "State-gov")}, "
            + $"{40 + (4 * rng.NextNormal()):0}, {(kind == 0 ? "<=50K" : ">50K")}"));
        Write("new-rows.txt", "age, workclass, hours-per-week\n", 5, (kind, _) => $"{30 + (5 * kind)}, Private, 40");
        Write("rows.csv", "length,weight,kind\n", 1200, (kind, rng) => $"{Measures(kind, rng)},{Kinds[kind]}");
        Write("new-rows.csv", "length,weight\n", 60, Measures);
        Write("costs.csv", ",spare,spray,abstain\n", 3, (kind, _) => $"{Kinds[kind]},{kind},{2 - kind},0.5");
        Write("scores.csv", "ant,bee,cicada,truth\n", 300, (kind, rng) => $"{Scores(kind, rng)},{Kinds[kind]}");
        Write("new-scores.csv", "ant,bee,cicada\n", 20, Scores);
        string onnx = Repository.Path("tests", "Credence.Onnx.Tests", "Data");
        File.Copy(Path.Combine(onnx, "softmax_13.onnx"), Path.Combine(folder, "network.onnx"));
        File.Copy(Path.Combine(onnx, "rows.npz"), Path.Combine(folder, "validation.npz"));
    }

    private static string Measures(int kind, Rng rng) => string.Create(
        CultureInfo.InvariantCulture, $"{(4 * kind) + rng.NextNormal():0.000},{rng.NextNormal() - (3 * kind):0.000}");

    /// <summary>Probabilities of two decimals, whose sums differ from 1 by what was rounded off.</summary>
    private static string Scores(int kind, Rng rng)
    {
        double[] weights = [.. Enumerable.Range(0, 3).Select(k => 0.1 + rng.NextDouble() + (k == kind ? 1 : 0))];
        double sum = weights.Sum();
        return string.Join(',', weights.Select(weight => (weight / sum).ToString("0.00", CultureInfo.InvariantCulture)));
    }

    private void Write(string name, string header, int rows, Func<int, Rng, string> row)
    {
        var rng = new Rng(11);
        IEnumerable<string> lines = Enumerable.Range(0, rows).Select(i => row(i % 3, rng) + "\n");
        File.WriteAllText(Path.Combine(folder, name), header + string.Concat(lines));
    }

    /// <summary>A line of a block of commands: after <c>$</c>, or the command itself.</summary>
    [GeneratedRegex(@"^(?:\$ (?<line>.+)|(?<line>credence .+))$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CommandLineOf();

    [GeneratedRegex(@"^(\./)?credence ", RegexOptions.ExplicitCapture)]
    private static partial Regex Command();
}
