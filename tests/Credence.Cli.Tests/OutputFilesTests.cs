using System.Diagnostics;
using Credence.Cli.Commands;
using Credence.Cli.Errors;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

public sealed class OutputFilesTests(Workshop workshop) : IClassFixture<Workshop>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("train good.csv --label kind --out good.csv")]
    [InlineData("train good.csv --label kind --out soft.csv")]
    [InlineData("train good.csv --label kind --out hard.csv")]
    [InlineData("train soft.csv --label kind --report good.csv")]
    [InlineData("train good.csv --label kind --split-out up/good.csv")]
    [InlineData("train good.csv --label kind --stream --checkpoint hard.csv")]
    [InlineData("train good.csv --label kind --test t.csv --out t.csv")]
    [InlineData("train good.csv --label kind --labels t.csv --report t.csv")]
    [InlineData("train good.csv --label kind --cost t.csv --out t.csv")]
    [InlineData("train good.csv t.csv --label kind --out t.csv")]
    [InlineData("train pictures --out pictures/cat/1.png")]
    [InlineData("train pictures --out elsewhere.png")]
    [InlineData("predict model.credence good.csv --out good.csv")]
    [InlineData("predict model.credence good.csv --out model.credence")]
    [InlineData("predict model.credence good.csv --cost t.csv --out t.csv")]
    [InlineData("evaluate model.credence good.csv --report good.csv")]
    [InlineData("evaluate model.credence good.csv --report model.credence")]
    [InlineData("evaluate good.csv --against t.csv --report t.csv")]
    [InlineData("evaluate good.csv --strange t.csv --report t.csv")]
    [InlineData("calibrate good.csv --out good.csv")]
    [InlineData("calibrate good.csv --out x.csv --report hard.csv")]
    [InlineData("doctor good.csv --out soft.csv")]
    [InlineData("train good.csv --label kind --out x --report x")]
    [InlineData("train good.csv --label kind --out up/x --split-out x")]
    [InlineData("train good.csv --label kind --stream --out x --checkpoint x")]
    [InlineData("train good.csv --label kind --out dangling --report x")]
    [InlineData("calibrate good.csv --out x.csv --report x.csv")]
    [InlineData("quickstart --out samples")]
    public async Task OutputThatIsAnInputOrAnotherOutput_IsRefusedBeforeTheWork(string line)
    {
        Prepare();
        string[] words = [.. line.Split(' ').Select(word => word.StartsWith('-') || word is "kind" || !Names.Any(word.StartsWith) ? word
            : Path.Combine(folder, word))];

        UsageException refused = await Assert.ThrowsAsync<UsageException>(
            () => CredenceCommand.RunAsync([.. words, "-q"], TestContext.Current.CancellationToken));

        Assert.Equal(2, refused.Message.Split(folder).Length - 1);
        Assert.Equal(File.ReadAllBytes(workshop.Path("good.csv")), File.ReadAllBytes(At("good.csv")));
    }

    [Fact]
    public void Descriptors_Pipes_AndDevicesAreWrittenTo()
    {
        File.Copy(workshop.Path("model.credence"), At("m"));
        File.Copy(workshop.Path("good.csv"), At("good.csv"));
        CommandResult result = Shell.Run(
            folder,
            """
            { echo first; $C predict m good.csv -q --out /dev/stdout; echo last; } > log; $C predict m good.csv -q --out /dev/stdout >> log
            mkfifo pipe; wc -l < pipe & $C predict m good.csv -q --out pipe && wait && test -p pipe && ls -A
            """);

        string[] log = File.ReadAllLines(At("log"));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal((484, "first", "row,label,probability,set,abstain", "last"), (log.Length, log[0], log[1], log[242]));
        Assert.Equal(["241", "good.csv", "log", "m", "pipe"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("train good.csv --label kind --out")]
    [InlineData("train good.csv --label")]
    [InlineData("train good.csv --label kind --test")]
    [InlineData("quickstart --out")]
    [InlineData("predict")]
    public async Task EmptyValue_SaysWhatIsWanted(string line)
    {
        UsageException refused = await Assert.ThrowsAsync<UsageException>(
            () => CredenceCommand.RunAsync([.. line.Split(' '), ""], TestContext.Current.CancellationToken));

        Assert.Matches("^'?(--)?\\w+'? is empty; it wants .+\\.$", refused.Message);
    }

    private static readonly string[] Names =
        ["good", "soft", "hard", "up", "t.csv", "pictures", "elsewhere", "model.credence", "x", "dangling", "samples"];

    private void Prepare()
    {
        foreach (string name in new[] { "good.csv", "model.credence" })
            File.Copy(workshop.Path(name), At(name));

        File.WriteAllText(At("t.csv"), ",act,abstain\nant,0,1\nbee,0,1\n");
        File.CreateSymbolicLink(At("soft.csv"), "good.csv");
        File.CreateSymbolicLink(At("dangling"), "x");
        Directory.CreateSymbolicLink(At("up"), ".");
        Directory.CreateDirectory(At("pictures/cat"));
        File.WriteAllText(At("pictures/cat/1.png"), "");
        File.WriteAllText(At("elsewhere.png"), "");
        File.CreateSymbolicLink(At("pictures/cat/2.png"), At("elsewhere.png"));
        Directory.CreateDirectory(At("samples"));
        File.CreateSymbolicLink(At("samples/report.html"), "model.credence");
        using Process link = Process.Start("ln", [At("good.csv"), At("hard.csv")]);
        link.WaitForExit();
    }

    private string At(string name) => Path.Combine(folder, name);
}
