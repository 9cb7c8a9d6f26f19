using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

public sealed class TrainCommandTests(Workshop workshop) : IClassFixture<Workshop>
{
    [Fact]
    public void Json_HasWhatTheContractNames()
    {
        JsonElement json = JsonDocument.Parse(workshop.TrainJson).RootElement;

        Assert.Equal(["ant", "bee", "cicada"], json.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(240, json.GetProperty("rows").GetProperty("train").GetInt32()
            + json.GetProperty("rows").GetProperty("test").GetInt32());
        foreach (string part in new[] { "test", "uncalibrated" })
        {
            JsonElement figures = json.GetProperty(part);
            foreach (string name in new[] { "accuracy", "log_loss", "brier", "macro_f1", "ece", "ece_equal_mass", "classwise_ece",
                "l2_debiased_squared", "smooth_ece", "ks", "aurc", "augrc" })
            {
                double value = figures.GetProperty(name).GetDouble();
                JsonElement interval = figures.GetProperty("intervals").GetProperty(name);
                Assert.True(double.IsFinite(value), name);
                Assert.Equal(2, interval.GetArrayLength());
            }

            Assert.InRange(figures.GetProperty("accuracy").GetDouble(), 0.5, 1);
            Assert.True(figures.GetProperty("calibrated_null").GetProperty("ece").GetProperty("p95").GetDouble() > 0);
        }

        Assert.Equal("approximate", json.GetProperty("conformal").GetProperty("guarantee").GetString());
        Assert.True(json.GetProperty("certificate").GetProperty("gap").GetDouble() >= 0);
        Assert.Equal("model.credence", json.GetProperty("out").GetString());
    }

    [Fact]
    public void Model_IsTheSameToTheByte_WhateverTheThreads()
    {
        foreach (string maxThreads in new[] { "1", "2", "3" })
        {
            Assert.Equal(0, CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--threads", maxThreads, "--out",
                $"threads{maxThreads}.credence", "-q").ExitCode);
            Assert.Equal(File.ReadAllBytes(workshop.Path("model.credence")),
                File.ReadAllBytes(workshop.Path($"threads{maxThreads}.credence")));
        }
    }

    [Fact]
    public void SplitOut_NamesThePartOfEveryRow_StratifiedByTheSeed()
    {
        CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--split-out", "split.csv", "--out", "s.credence",
            "-q");

        string[] lines = File.ReadAllLines(workshop.Path("split.csv"));
        Assert.Equal("row,part,model_sha256", lines[0]);
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(workshop.Path("s.credence"))));
        Assert.EndsWith($",{hash}", lines[1], StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 240), lines.Skip(1).Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)));
        for (int kind = 0; kind < 3; kind++)
            Assert.Equal(16, lines.Skip(1).Where((line, row) => row % 3 == kind && line.Split(',')[1] == "test")
                .Count());
    }

    [Fact]
    public void Models_AreComparedAndNamed_AndTheFileTellsTheirTrees()
    {
        CommandResult result = CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--model", "linear,trees",
            "--out", "two.credence", "--json");
        JsonElement[] candidates = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("candidates").EnumerateArray()];
        Assert.Equal(["linear", "trees", "blend"], candidates.Select(candidate => candidate.GetProperty("name").GetString()));
        Assert.All(candidates, candidate => Assert.InRange(candidate.GetProperty("log_loss").GetDouble(), 0.0001, 2));

        Assert.Equal(0, CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--model", "trees", "--out",
            "trees.credence", "-q").ExitCode);
        JsonElement trees = JsonDocument.Parse(CommandLine.RunIn(workshop.Folder, "", "inspect", "trees.credence", "--json").Output)
            .RootElement.GetProperty("trees");
        Assert.Equal(trees.GetProperty("trees").GetInt32(), 3 * trees.GetProperty("rounds").GetInt32());
        JsonElement explained = JsonDocument.Parse(
            CommandLine.RunIn(workshop.Folder, "", "explain", "trees.credence", "good.csv", "--at", "3", "--json").Output).RootElement;
        Assert.NotEmpty(explained.EnumerateObject());
    }

    [Theory]
    [InlineData("forest", "forest")]
    [InlineData("auto,trees", "auto")]
    public void UnknownModels_AreRefusedByName(string models, string said)
    {
        CommandResult result = CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--model", models);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--stream")]
    [InlineData("--l1-ratio", "0.5")]
    public void TreesWithWhatOnlyALinearModelHas_AreRefused(params string[] options)
    {
        CommandResult result = CommandLine.RunIn(
            workshop.Folder, "", ["train", "good.csv", "--label", "kind", "--model", "trees", .. options]);

        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void ConformalRows_MakeTheGuaranteeExact()
    {
        CommandResult result =
            CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--conformal-rows", "0.2", "--out", "c.credence",
            "--json");

        JsonElement sets = JsonDocument.Parse(result.Output).RootElement.GetProperty("conformal");
        Assert.Equal("exact", sets.GetProperty("guarantee").GetString());
        Assert.InRange(sets.GetProperty("coverage").GetDouble(), 0.7, 1);
    }

    [Fact]
    public void L1Ratio_LeavesFeaturesOut()
    {
        string json = CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--l1-ratio", "1", "--out",
            "l1.credence", "--json").Output;

        JsonElement path = JsonDocument.Parse(json).RootElement.GetProperty("path");
        JsonElement inspected = JsonDocument.Parse(CommandLine.RunIn(workshop.Folder, "", "inspect", "l1.credence", "--json").Output)
            .RootElement;
        int nonzero = path.GetProperty("nonzero_weights").GetInt32();
        Assert.InRange(nonzero, 1, (inspected.GetProperty("features").GetInt32() * 3) - 1);
        Assert.Equal(nonzero, inspected.GetProperty("nonzero_weights").GetInt32());
        Assert.Equal(1, inspected.GetProperty("facts").GetProperty("l1_ratio").GetDouble());
        Assert.Equal(2, CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--l1-ratio", "1.5").ExitCode);
    }

    [Fact]
    public void Folds_MeasureEveryRow()
    {
        CommandResult result =
            CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--folds", "4", "--out", "f.credence", "--json");

        JsonElement rows = JsonDocument.Parse(result.Output).RootElement.GetProperty("rows");
        Assert.Equal(240, rows.GetProperty("train").GetInt32());
        Assert.Equal(240, rows.GetProperty("test").GetInt32());
    }

    [Fact]
    public void Report_IsOnePageWithoutLinksOut()
    {
        CommandResult result =
            CommandLine.RunIn(workshop.Folder, "", "train", "good.csv", "--label", "kind", "--report", "r.html", "--out", "r.credence",
            "-q");

        string page = File.ReadAllText(workshop.Path("r.html"));
        Assert.Equal(0, result.ExitCode);
        Assert.InRange(page.Length, 10_000, 1_500_000);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        Assert.Contains("cicada", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-KILL", 137)]
    [InlineData("-INT", 130)]
    public async Task EndedMidway_TheOldModelIsWhole(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of Unix");
        using var own = new Workshop();
        File.WriteAllText(own.Path("large.csv"), Workshop.Rows(200_000));
        byte[] old = File.ReadAllBytes(own.Path("model.credence"));
        using Process process = CommandLine.Start(own.Folder, "train", "large.csv", "--label", "kind", "--out", "model.credence");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("training", StringComparison.Ordinal))
        {
        }

        using (Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();

        Task<string> error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Equal(exitCode, process.ExitCode);
        Assert.Empty(await output);
        Assert.DoesNotContain("   at ", await error, StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllBytes(own.Path("model.credence")));
        Assert.Equal(["good.csv", "large.csv", "model.credence"], Directory.GetFiles(own.Folder).Select(Path.GetFileName).Order());
    }
}
