using System.Globalization;
using System.Text.Json;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

public sealed class PredictCommandTests(Workshop workshop) : IClassFixture<Workshop>
{
    [Fact]
    public void Pipe_GetsCsv_ARowEach()
    {
        CommandResult result = Run("predict", "model.credence", "good.csv");

        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("row,label,probability,set,abstain", lines[0]);
        Assert.Equal(241, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.InRange(double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture), 1.0 / 3, 1));
    }

    [Fact]
    public void Json_GivesTheTopClassesFallingAndTheSet()
    {
        CommandResult result = Run("predict", "model.credence", "good.csv", "--json", "--top", "3", "--alpha", "0.2");

        foreach (string line in result.Output.TrimEnd('\n').Split('\n'))
        {
            JsonElement row = JsonDocument.Parse(line).RootElement;
            double[] top = [.. row.GetProperty("top").EnumerateArray().Select(one => one.GetProperty("probability").GetDouble())];
            Assert.Equal(3, top.Length);
            Assert.Equal(top.OrderDescending(), top);
            Assert.Equal(1, top.Sum(), 6);
            Assert.Equal(row.GetProperty("label").GetString(), row.GetProperty("top")[0].GetProperty("label").GetString());
            Assert.False(row.GetProperty("abstain").GetBoolean());
            Assert.Equal(JsonValueKind.Array, row.GetProperty("set").ValueKind);
        }
    }

    [Fact]
    public void StandardInput_OneRow_AndFile_AgreeToTheDigit()
    {
        string second = Workshop.Rows(240).Split('\n')[2];
        string[] cells = second.Split(',');
        string header = "length,colour,weight,kind\n";

        double fromFile = Probability(Run("predict", "model.credence", "good.csv", "--json").Output.Split('\n')[1]);
        double fromInput = Probability(
            CommandLine.RunIn(workshop.Folder, header + second + "\n", "predict", "model.credence", "-", "--json").Output);
        double fromArguments =
            Probability(Run("predict", "model.credence", "--row", $"length={cells[0]},colour={cells[1]},weight={cells[2]}", "--json")
            .Output);

        Assert.Equal(fromFile, fromInput);
        Assert.Equal(fromFile, fromArguments);
    }

    [Fact]
    public void AMissingCell_HasOneAnswer_FromAFileAndFromARow_AndIsCounted()
    {
        string[] cells = Workshop.Rows(240).Split('\n')[2].Split(',');
        File.WriteAllText(
            workshop.Path("lacking.csv"), $"length,colour,weight\n,{cells[1]},{cells[2]}\n{cells[0]},{cells[1]},{cells[2]}\n");
        CommandResult file = Run("predict", "model.credence", "lacking.csv", "--json");
        JsonElement first = JsonDocument.Parse(file.Output.Split('\n')[0]).RootElement;
        Assert.Contains("averaged over", file.Error, StringComparison.Ordinal);
        Assert.Equal(1, first.GetProperty("missing").GetInt32());
        Assert.False(JsonDocument.Parse(file.Output.Split('\n')[1]).RootElement.TryGetProperty("missing", out _));
        string typed = Run("predict", "model.credence", "--row", $"length=,colour={cells[1]},weight={cells[2]}", "--json").Output;
        string left = Run("predict", "model.credence", "--row", $"colour={cells[1]},weight={cells[2]}", "--json").Output;
        Assert.Equal(first.GetProperty("probability").GetDouble(), Probability(typed));
        Assert.Equal(Probability(typed), Probability(left));
        Assert.Contains(
            "length", JsonDocument.Parse(Run("inspect", "model.credence", "--json").Output).RootElement.GetProperty("stored_rows")
                .GetProperty("columns").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void Columns_InAnotherOrderOrMore_AreMatchedByName_UnseenCategoriesAreSaid()
    {
        File.WriteAllText(workshop.Path("other.csv"), "extra,weight,colour,length\n1,-2,purple,2.5\n2,0,red,\n");

        CommandResult result = Run("predict", "model.credence", "other.csv", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, result.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("extra", result.Error, StringComparison.Ordinal);
        Assert.Contains("colour", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_AbstainsOnTheLeastSure()
    {
        CommandResult result = Run("predict", "model.credence", "good.csv", "--coverage", "0.5");

        string[][] rows = [.. result.Output.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(','))];
        double[] answered = [.. rows.Where(row => row[^1] == "false").Select(row => double.Parse(row[2], CultureInfo.InvariantCulture))];
        double[] abstained = [.. rows.Where(row => row[^1] == "true").Select(row => double.Parse(row[2], CultureInfo.InvariantCulture))];
        Assert.InRange(answered.Length, 80, 160);
        Assert.True(abstained.Max() <= answered.Min());
    }

    [Fact]
    public void Costs_DecideWhenToAbstain()
    {
        // A mistake costs 10, an abstention 1: answering pays where the probability is above 0.9.
        File.WriteAllText(workshop.Path("costs.csv"), "true,ant,bee,cicada,abstain\nant,0,10,10,1\nbee,10,0,10,1\ncicada,10,10,0,1\n");

        CommandResult result = Run("predict", "model.credence", "good.csv", "--cost", "costs.csv");

        string[][] rows = [.. result.Output.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(','))];
        Assert.Contains(rows, row => row[^1] == "true");
        Assert.All(rows, row => Assert.Equal(double.Parse(row[2], CultureInfo.InvariantCulture) < 0.9, row[^1] == "true"));
    }

    [Fact]
    public void Out_WritesWhatThePipeWouldHaveGot()
    {
        CommandResult piped = Run("predict", "model.credence", "good.csv");
        CommandResult result = Run("predict", "model.credence", "good.csv", "--out", "predicted.csv");

        Assert.Empty(result.Output);
        Assert.Equal(piped.Output, File.ReadAllText(workshop.Path("predicted.csv")));
    }

    [Theory]
    [InlineData("msp", 241)]
    [InlineData("knn", 193)]
    public void Outliers_AreToldByAModelThatLearntTo_RowByRowOrOverTheBatch(string score, int ranks)
    {
        Run("train", "good.csv", "--label", "kind", "--outliers", score, "--out", "strange.credence", "-q");

        string[] lines = Run("predict", "strange.credence", "good.csv", "--false-alarms", "0.1").Output.TrimEnd('\n').Split('\n');
        JsonElement inspected = JsonDocument.Parse(Run("inspect", "strange.credence", "--json").Output).RootElement;
        string[] batch = Run("predict", "strange.credence", "good.csv", "--false-discoveries", "0.2", "--json").Output.TrimEnd('\n')
            .Split('\n');

        Assert.Equal("row,label,probability,set,outlier_p,outlier,abstain", lines[0]);
        Assert.All(lines.Skip(1).Select(line => line.Split(',')), row =>
            Assert.Equal(double.Parse(row[^3], CultureInfo.InvariantCulture) <= 0.1, row[^2] == "true"));
        Assert.InRange(lines.Count(line => line.EndsWith("true,false", StringComparison.Ordinal)), 8, 45);
        Assert.Equal(score, inspected.GetProperty("outliers").GetString());
        Assert.All(batch, line =>
            Assert.InRange(JsonDocument.Parse(line).RootElement.GetProperty("outlier_p").GetDouble(), 1.0 / ranks, 1));
    }

    private CommandResult Run(params string[] arguments) => CommandLine.RunIn(workshop.Folder, "", arguments);

    private static double Probability(string line) => JsonDocument.Parse(line).RootElement.GetProperty("probability").GetDouble();
}
