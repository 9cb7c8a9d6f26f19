using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

public sealed class TrainCommandStreamTests : IDisposable
{
    private static readonly string[] Streamed = ["train", "good.csv", "--label", "kind", "--stream", "--epochs", "4", "--threads", "1"];
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    public TrainCommandStreamTests() => File.WriteAllText(At("good.csv"), Workshop.Rows(3000));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Stream_GivesAModelNearTheExactOne_WithFiguresSetsAndReport()
    {
        CommandResult streamed = Run([.. Streamed, "--json", "--out", "s.credence", "--report", "s.html"]);
        CommandResult exact = Run("train", "good.csv", "--label", "kind", "--json", "--out", "e.credence");
        JsonElement json = JsonDocument.Parse(streamed.Output).RootElement, best = JsonDocument.Parse(exact.Output).RootElement;

        Assert.Equal(3000, json.GetProperty("rows").EnumerateObject().Sum(part => part.Value.GetInt32()));
        Assert.InRange(json.GetProperty("test").GetProperty("log_loss").GetDouble(), 0, best.GetProperty("test").GetProperty("log_loss")
            .GetDouble() + 0.08);
        Assert.Equal(4, json.GetProperty("streamed_passes").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("certificate").GetProperty("gap").ValueKind);
        Assert.Equal("PassesDone", json.GetProperty("certificate").GetProperty("stopped").GetString());
        Assert.Equal("approximate", json.GetProperty("conformal").GetProperty("guarantee").GetString());
        Assert.Contains("streamed training gives no bound", File.ReadAllText(At("s.html")));
        Assert.Contains("no bound: streamed training", Run("inspect", "s.credence").Output);
        Assert.Equal(3001, Run("predict", "s.credence", "good.csv", "--out", "p.csv").ExitCode + File.ReadAllLines(At("p.csv")).Length);
    }

    [Fact]
    public void Model_IsTheSameToTheByte_WhateverTheThreads_AndFilesMayBeMany()
    {
        string[] lines = File.ReadAllLines(At("good.csv"));
        File.WriteAllLines(At("a.csv"), lines[..1000]);
        File.WriteAllLines(At("b.csv"), lines[..1].Concat(lines[1000..]));
        Run([.. Streamed, "--out", "1.credence"]);
        Run([.. Streamed[..^1], "2", "--out", "2.credence"]);
        CommandResult two =
            Run("train", "a.csv", "b.csv", "--label", "kind", "--stream", "--epochs", "4", "--json", "--out", "ab.credence");

        Assert.Equal(File.ReadAllBytes(At("1.credence")), File.ReadAllBytes(At("2.credence")));
        Assert.Equal(3000, JsonDocument.Parse(two.Output).RootElement.GetProperty("rows").EnumerateObject()
            .Sum(part => part.Value.GetInt32()));
    }

    [Fact]
    public void Killed_AndRunAgain_GivesTheSameBytes()
    {
        string[] train = [.. Streamed[..5], "--epochs", "60"];
        Run([.. train, "--out", "whole.credence"]);
        using (Process process =
            CommandLine.Start(folder, [.. train, "--out", "broken.credence", "--checkpoint", "c", "--checkpoint-rows", "1000", "-q"]))
        {
            var waiting = default(SpinWait);
            while (!File.Exists(At("c")) && !process.HasExited)
                waiting.SpinOnce(sleep1Threshold: -1);
            process.Kill();
            process.WaitForExit();
            Assert.NotEqual(0, process.ExitCode);
        }

        Assert.False(File.Exists(At("broken.credence")));
        CommandResult resumed = Run([.. train, "--out", "broken.credence", "--checkpoint", "c"]);

        Assert.Contains("resumed from 'c'", resumed.Error);
        Assert.Equal(File.ReadAllBytes(At("whole.credence")), File.ReadAllBytes(At("broken.credence")));
        Assert.False(File.Exists(At("c")));
    }

    [Fact]
    public void Terminated_StreamLeavesTheCheckpointAlone_AndOtherDataOrOptionsAreRefused()
    {
        string[] train = [.. Streamed[..5], "--epochs", "120", "--out", "m.credence", "--checkpoint", "c"];
        using (Process process = CommandLine.Start(folder, [.. train, "--checkpoint-rows", "1000"]))
        {
            var waiting = default(SpinWait);
            while (!File.Exists(At("c")) && !process.HasExited)
                waiting.SpinOnce(sleep1Threshold: -1);
            Terminate(process);
            Assert.EndsWith("Cancelled; no model was written. 'c' holds the training state; run the same command to resume.",
                process.StandardError.ReadToEnd().TrimEnd());
        }

        Assert.Equal(["c", "good.csv"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        CommandResult options = Run([.. train[..5], "--epochs", "3", "--checkpoint", "c"]);
        File.AppendAllText(At("good.csv"), "1,red,2,ant\n");
        CommandResult data = Run(train);
        File.WriteAllText(At("c"), "no checkpoint");
        CommandResult garbage = Run(train);

        Assert.Equal((1, 1, 1), (options.ExitCode, data.ExitCode, garbage.ExitCode));
        Assert.Contains("3 epochs", options.Error);
        Assert.Contains("of other data", data.Error);
        Assert.Contains("can't be resumed", garbage.Error);
        Assert.False(File.Exists(At("model.credence")) || File.Exists(At("m.credence")));
    }

    [Fact]
    public void Terminated_WhileFittingExactly_WritesNothing()
    {
        File.WriteAllText(At("good.csv"), Workshop.Rows(60_000));
        using Process process =
            CommandLine.Start(folder, "train", "good.csv", "--label", "kind", "--out", "m.credence", "--report", "r.html", "--split-out",
            "s.csv");
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("training", StringComparison.Ordinal))
        {
        }

        Terminate(process);
        Assert.EndsWith("Cancelled; nothing was written.", process.StandardError.ReadToEnd().TrimEnd());
        Assert.Equal(["good.csv"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--epochs", "3")]
    [InlineData("--optimizer", "sgd")]
    [InlineData("--checkpoint", "c")]
    [InlineData("--checkpoint-rows", "5")]
    public void OptionOfStreaming_WithoutIt_IsRefused(string option, string value)
    {
        CommandResult result = Run("train", "good.csv", "--label", "kind", option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{option} is for training from disk: give --stream too", result.Error);
    }

    [Theory]
    [InlineData("--folds", "3")]
    [InlineData("--split-column", "colour")]
    [InlineData("--label-separator", "|")]
    [InlineData("--epochs", "0")]
    [InlineData("--l1-ratio", "0.5")]
    public void OptionsThatCantBeWithStreaming_AreRefused(string option, string value)
    {
        CommandResult result = Run([.. Streamed[..5], option, value]);
        Assert.Equal(2, result.ExitCode);
        Assert.False(File.Exists(At("model.credence")));
        Assert.Contains(option, result.Error);
    }

    [Fact]
    public void CellThatIsNotFinite_IsNamedByFileAndLine()
    {
        string[] lines = File.ReadAllLines(At("good.csv"));
        lines[2017] = "inf,red,1,ant";
        File.WriteAllLines(At("good.csv"), lines);
        CommandResult result = Run(Streamed);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("good.csv line 2018, column 'length'", result.Error);
    }

    [Fact]
    public void RowsLargerThanMemory_AreToldToBeStreamed()
    {
        CommandResult result = Run("train", "good.csv", "--label", "kind", "--max-memory", "20kB");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--stream", result.Error);
        Assert.Contains("--max-memory", result.Error);
    }

    private string At(string name) => Path.Combine(folder, name);

    private CommandResult Run(params string[] arguments) => CommandLine.RunIn(folder, "", arguments);

    // Ctrl-C's signal may be ignored where tests run in the background; this one goes the same way.
    private static void Terminate(Process process)
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
    }
}
