using System.Text.Json;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

/// <summary>Columns that are carried through to the predictions.</summary>
public sealed class PredictCommandKeepTests(Workshop workshop) : IClassFixture<Workshop>
{
    private const string Rows = "ID,length,colour,weight,label\n007,1.50,red,0.1,\"a, b\"\nx\"1,2,blue,0,\n";

    [Fact]
    public void Csv_HasThemAfterTheRow_AndTellsNamesThatAreTaken()
    {
        string[] lines = Run("--keep", "ID,label,length", "--out", "p.csv").Output.Length == 0
            ? File.ReadAllLines(workshop.Path("p.csv")) : [];

        Assert.StartsWith("row,ID,kept_label,length,label,probability,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("0,007,\"a, b\",1.50,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("1,\"x\"\"1\",,2,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_HasThemUnderKept_AsTheyAreWritten()
    {
        string[] lines = Run("--keep", "ID,label", "--json").Output.TrimEnd().Split('\n');

        JsonElement kept = JsonDocument.Parse(lines[0]).RootElement.GetProperty("kept");
        Assert.Equal(("007", "a, b"), (kept.GetProperty("ID").GetString(), kept.GetProperty("label").GetString()));
        Assert.Equal("x\"1", JsonDocument.Parse(lines[1]).RootElement.GetProperty("kept").GetProperty("ID").GetString());
        Assert.DoesNotContain("kept", Run("--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnThatIsNotThere_IsRefused()
    {
        CommandResult result = Run("--keep", "id");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--keep 'id'", result.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'ID'?", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, CommandLine.RunIn(workshop.Folder, "", "predict", "model.credence", "--row", "length=1", "--keep", "ID").ExitCode);
    }

    private CommandResult Run(params string[] options)
    {
        File.WriteAllText(workshop.Path("new.csv"), Rows);
        return CommandLine.RunIn(workshop.Folder, "", ["predict", "model.credence", "new.csv", .. options]);
    }
}
