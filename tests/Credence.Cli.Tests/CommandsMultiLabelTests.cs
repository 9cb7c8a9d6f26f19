using System.Globalization;
using System.Text.Json;
using Credence.Cli.Tests.Support;
using Credence.Numerics;

namespace Credence.Cli.Tests;

/// <summary>Rows with several labels from the file to the prediction, as a person's shell runs the commands.</summary>
public sealed class CommandsMultiLabelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Rows_GoFromFileToPrediction()
    {
        Write("train.csv", 400, 1);
        Write("test.csv", 200, 2);

        CommandResult trained =
            Run("train", "train.csv", "--test", "test.csv", "--label", "tags", "--label-separator", "|", "--report", "r.html", "--json");
        Assert.Equal(0, trained.ExitCode);
        JsonElement json = JsonDocument.Parse(trained.Output).RootElement;
        Assert.Equal(["cold", "loud", "wet"], json.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("multi-label classification", json.GetProperty("task").GetString());
        JsonElement test = json.GetProperty("test");
        Assert.InRange(test.GetProperty("macro_f1").GetDouble(), 0.6, 1);
        Assert.Equal(3, test.GetProperty("by_class").GetArrayLength());
        Assert.True(json.GetProperty("certificate").GetProperty("gap").GetDouble() >= 0);
        Assert.All(json.GetProperty("thresholds").EnumerateObject(), one => Assert.InRange(one.Value.GetDouble(), 0, 1));
        Assert.Contains("Micro F1", File.ReadAllText(Path.Combine(folder, "r.html")), StringComparison.Ordinal);

        JsonElement measured =
            JsonDocument.Parse(Run("evaluate", "model.credence", "test.csv", "--label", "tags", "--label-separator", "|", "--json").Output)
            .RootElement;
        Assert.Equal(test.ToString(), measured.GetProperty("test").ToString());

        string[] lines = Run("predict", "model.credence", "test.csv", "--top", "3", "--json")
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(200, lines.Length);
        JsonElement thresholds = json.GetProperty("thresholds");
        foreach (JsonElement row in lines.Select(line => JsonDocument.Parse(line).RootElement))
        {
            var top = row.GetProperty("top").EnumerateArray()
                .ToDictionary(one => one.GetProperty("label").GetString()!, one => one.GetProperty("probability").GetDouble());
            string[] said = [.. row.GetProperty("labels").EnumerateArray().Select(one => one.GetProperty("label").GetString()!)];
            Assert.Equal(top.Where(one => one.Value >= thresholds.GetProperty(one.Key).GetDouble()).Select(one => one.Key)
                .Order(), said.Order());
        }

        Assert.StartsWith("row,label,probability,labels,probabilities,abstain\n0,", Run("predict", "model.credence", "test.csv")
            .Output, StringComparison.Ordinal);
        Assert.Contains("sigmoid regression", Run("inspect", "model.credence").Output, StringComparison.Ordinal);
        Assert.Equal(2, Run("predict", "model.credence", "test.csv", "--alpha", "0.2").ExitCode);
        Assert.Equal(2, Run("train", "train.csv", "--label", "tags", "--label-separator", "|", "--conformal-rows", "0.2").ExitCode);
        Assert.Contains("one label", Run("explain", "model.credence", "--row", "a=1").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_OfJsonLines_AreTheSameLabels()
    {
        string[] rows = Write("rows.csv", 150, 3);
        File.WriteAllLines(Path.Combine(folder, "rows.jsonl"), rows.Skip(1).Select(row => row.Split(',')).Select(cells =>
            $"{{\"a\":{cells[0]},\"b\":{cells[1]},"
                + $"\"tags\":[{string.Join(
                    ',', cells[2].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(tag => $"\"{tag}\""))}]}}"));

        JsonElement csv = JsonDocument.Parse(Run("train", "rows.csv", "--label", "tags", "--label-separator", "|", "--json").Output)
            .RootElement;
        JsonElement jsonl = JsonDocument.Parse(Run("train", "rows.jsonl", "--label", "tags", "--label-separator", "|", "--json").Output)
            .RootElement;

        Assert.Equal(csv.GetProperty("test").ToString(), jsonl.GetProperty("test").ToString());
    }

    private CommandResult Run(params string[] arguments) => CommandLine.RunIn(folder, "", arguments);

    private string[] Write(string name, int count, ulong seed)
    {
        var rng = new Rng(seed);
        var lines = new List<string> { "a,b,tags" };
        for (int i = 0; i < count; i++)
        {
            double a = rng.NextNormal(), b = rng.NextNormal();
            string[] tags = [.. a + (0.5 * rng.NextNormal()) > 0 ? ["wet"] : Array.Empty<string>(), .. b + (0.5 * rng.NextNormal()) > 0.5
                ? ["cold"] : Array.Empty<string>(),
                .. a - b + (0.5 * rng.NextNormal()) > 1 ? ["loud"] : Array.Empty<string>()];
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{a:0.000},{b:0.000},{string.Join('|', tags)}"));
        }

        File.WriteAllLines(Path.Combine(folder, name), lines);
        return [.. lines];
    }
}
