using System.Diagnostics;
using System.Globalization;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

public sealed class EndingTests(Workshop workshop) : IClassFixture<Workshop>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Terminated_WhileWaitingForStandardInput_EndsAtOnce()
    {
        using Process process = CommandLine.Start(folder, "train", "-", "--label", "kind", "--out", "m.credence");
        process.StandardInput.Write("length,kind\n1,ant\n");
        process.StandardInput.Flush();
        Assert.Equal("reading …", process.StandardError.ReadLine());

        Assert.EndsWith("Cancelled; nothing was written.", Signal(process, "TERM"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void HungUp_WhileReadingAPipe_EndsAtOnce()
    {
        Shell.Run(folder, "mkfifo pipe");
        using Process process = CommandLine.Start(folder, "predict", workshop.Path("model.credence"), "pipe", "--out", "p.csv");

        // The open returns as soon as the command has opened the other end.
        using var pipe = new FileStream(At("pipe"), FileMode.Open, FileAccess.Write);

        Assert.EndsWith("Cancelled; nothing was written.", Signal(process, "HUP"), StringComparison.Ordinal);
        Assert.Equal(["pipe"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Terminated_WhileNobodyReadsItsOutput_EndsAndSaysThatItIsIncomplete()
    {
        File.WriteAllText(At("many.csv"), Workshop.Rows(40_000));
        using Process process = CommandLine.Start(folder, "predict", workshop.Path("model.credence"), "many.csv");
        process.StandardOutput.ReadLine();

        Assert.EndsWith("Cancelled; the output is incomplete.", Signal(process, "TERM"), StringComparison.Ordinal);
    }

    [Fact]
    public void ClosedOrFullStandardError_LosesNoTraining()
    {
        File.Copy(workshop.Path("good.csv"), At("good.csv"));
        CommandResult result = Shell.Run(
            folder,
            """
            $C train good.csv --label kind --out closed >/dev/null 2>&- && $C train good.csv --label kind --out full >/dev/null 2>/dev/full
            """);

        Assert.Equal(0, result.ExitCode);
        foreach (string name in new[] { "closed", "full" })
            Assert.Equal(File.ReadAllBytes(workshop.Path("model.credence")), File.ReadAllBytes(At(name)));
    }

    [Fact]
    public void Killed_WhileItWrites_LeavesNothingAfterTheNextRun()
    {
        File.WriteAllText(At("many.csv"), Workshop.Rows(40_000));
        File.WriteAllText(At("p.csv"), "old");
        string[] predict = ["predict", workshop.Path("model.credence"), "many.csv", "--out", "p.csv"];
        using (Process process = CommandLine.Start(folder, predict))
        {
            while (Directory.GetFiles(folder).Length < 3 && !process.HasExited)
                Thread.Yield();

            process.Kill();
            process.WaitForExit();
        }

        Assert.Equal("old", File.ReadAllText(At("p.csv")));
        Assert.Equal(0, CommandLine.RunIn(folder, "", predict).ExitCode);
        Assert.Equal(["many.csv", "p.csv"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal(40_001, File.ReadLines(At("p.csv")).Count());
    }

    [Fact]
    public void Killed_InAnyStage_EveryFileIsTheOldOneOrTheNewOne_AndTheNextRunLeavesNothingElse()
    {
        string[] outputs = ["m", "r.html", "s.csv"];
        string[] train = ["train", "good.csv", "--label", "kind", "--out", outputs[0], "--report", outputs[1], "--split-out", outputs[2]];
        File.Copy(workshop.Path("good.csv"), At("good.csv"));
        Assert.Equal(0, CommandLine.RunIn(folder, "", train).ExitCode);
        byte[][] whole = [.. outputs.Select(name => File.ReadAllBytes(At(name)))];
        foreach (string stage in new[] { "reading", "training", "evaluating", "report" })
        {
            foreach (string name in outputs)
                File.WriteAllText(At(name), "old");

            using (Process process = CommandLine.Start(folder, train))
            {
                while (process.StandardError.ReadLine() is { } line && !line.StartsWith(stage, StringComparison.Ordinal))
                {
                }

                process.Kill();
                process.WaitForExit();
            }

            bool[] isNew = [.. outputs.Select((name, i) => File.ReadAllBytes(At(name)).AsSpan().SequenceEqual(whole[i]))];
            Assert.All(outputs.Where((_, i) => !isNew[i]), name => Assert.Equal("old", File.ReadAllText(At(name))));
            Assert.True(!isNew[0] || (isNew[1] && isNew[2]), "The model comes last.");
        }

        Assert.Equal(0, CommandLine.RunIn(folder, "", train).ExitCode);
        Assert.Equal(["good.csv", .. outputs], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private string At(string name) => Path.Combine(folder, name);

    private static string Signal(Process process, string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        return process.StandardError.ReadToEnd().TrimEnd();
    }
}
