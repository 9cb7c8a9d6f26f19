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
        using var pipe = new FileStream(Path.Combine(folder, "pipe"), FileMode.Open, FileAccess.Write);

        Assert.EndsWith("Cancelled; nothing was written.", Signal(process, "HUP"), StringComparison.Ordinal);
        Assert.Equal(["pipe"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Terminated_WhileNobodyReadsItsOutput_EndsAndSaysThatItIsIncomplete()
    {
        File.WriteAllText(Path.Combine(folder, "many.csv"), Workshop.Rows(40_000));
        using Process process = CommandLine.Start(folder, "predict", workshop.Path("model.credence"), "many.csv");
        process.StandardOutput.ReadLine();

        Assert.EndsWith("Cancelled; the output is incomplete.", Signal(process, "TERM"), StringComparison.Ordinal);
    }

    [Fact]
    public void ClosedOrFullStandardError_LosesNoTraining()
    {
        File.Copy(workshop.Path("good.csv"), Path.Combine(folder, "good.csv"));
        CommandResult result = Shell.Run(
            folder,
            """
            $C train good.csv --label kind --out closed >/dev/null 2>&- && $C train good.csv --label kind --out full >/dev/null 2>/dev/full
            """);

        Assert.Equal(0, result.ExitCode);
        foreach (string name in new[] { "closed", "full" })
            Assert.Equal(File.ReadAllBytes(workshop.Path("model.credence")), File.ReadAllBytes(Path.Combine(folder, name)));
    }

    [Fact]
    public void Killed_WhileItWrites_LeavesNothingAfterTheNextRun()
    {
        File.WriteAllText(Path.Combine(folder, "many.csv"), Workshop.Rows(40_000));
        File.WriteAllText(Path.Combine(folder, "p.csv"), "old");
        string[] predict = ["predict", workshop.Path("model.credence"), "many.csv", "--out", "p.csv"];
        using (Process process = CommandLine.Start(folder, predict))
        {
            while (Directory.GetFiles(folder).Length < 3 && !process.HasExited)
                Thread.Yield();

            process.Kill();
            process.WaitForExit();
        }

        Assert.Equal("old", File.ReadAllText(Path.Combine(folder, "p.csv")));
        Assert.Equal(0, CommandLine.RunIn(folder, "", predict).ExitCode);
        Assert.Equal(["many.csv", "p.csv"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal(40_001, File.ReadLines(Path.Combine(folder, "p.csv")).Count());
    }

    private static string Signal(Process process, string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        return process.StandardError.ReadToEnd().TrimEnd();
    }
}
