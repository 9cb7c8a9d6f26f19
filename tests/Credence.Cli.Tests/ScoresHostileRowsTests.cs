using System.Text.Json;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

/// <summary>Scores nobody should have saved: <c>doctor</c> and <c>evaluate</c> give a clear answer, or a clear refusal.</summary>
public sealed class ScoresHostileRowsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("doctor", "0.5,nan,0.2,a\n", "probabilities", 1, "line 2, column 'b'", "not finite")]
    [InlineData("evaluate", "1,inf,0.2,a\n", "logits", 1, "line 2, column 'b'", "not finite")]
    [InlineData("evaluate", "-inf,-inf,-inf,a\n", "logits", 1, "s.csv line 2 is −∞ for every class")]
    [InlineData("doctor", "-inf,-inf,-inf,a\n1,2,3,b\n3,2,1,c\n", "logits", 1, "s.csv line 2 is −∞ for every class")]
    [InlineData("evaluate", "0.5,0.3,0.17,a\n", "probabilities", 1, "s.csv line 2 sums to 0.97, not 1", "'credence doctor s.csv' accepts")]
    [InlineData("evaluate", "0.5,-0.1,0.6,a\n", "probabilities", 1, "s.csv line 2, column 'b' is -0.1", "from 0 to 1", "--input logits",
        "credence doctor s.csv")]
    [InlineData("doctor", "5,-1,6,a\n", "probabilities", 2, "--input probabilities", "logits")]
    [InlineData("doctor", "0.5,0.3,0.2,a\n", "probabilities", 1,
        "Only one of the rows to fit on has a label; a calibrator needs at least 2")]
    [InlineData("calibrate", "50,30,20,a\n20,50,30,b\n", "probabilities", 1, "s.csv line 2, column 'a' is 50",
        "'credence doctor s.csv' accepts percentages, sigmoids")]
    [InlineData("calibrate", "50%,30%,20%,a\n20%,50%,30%,b\n", "probabilities", 1, "s.csv line 2, column 'a': '50%' is not a number",
        "without the percent sign")]
    [InlineData("calibrate", "0.5,0.3,0.2,\n0.2,0.5,0.3,\n", "probabilities", 1, "None of the rows to fit on has a label")]
    [InlineData("doctor", "0,0,0,a\n0.5,0.5,0.5,b\n", "probabilities", 1, "s.csv line 2 is 0 for every class")]
    [InlineData("evaluate", "", "probabilities", 1, "no rows of scores")]
    [InlineData("doctor", "", "probabilities", 1, "no rows of scores")]
    [InlineData("evaluate", "0.5,0.3,0.2,3\n", "probabilities", 1, "'3' is not one of the 3 classes", "count from 1")]
    [InlineData("evaluate", "0.5,0.3,0.2,z\n", "probabilities", 1, "'z' is not one of the 3 classes")]
    public void Refusals_SayWhatAndWhere(string command, string rows, string input, int code, params string[] said)
    {
        File.WriteAllText(Path.Combine(folder, "s.csv"), "a,b,c,label\n" + rows);
        CommandResult result = CommandLine.RunIn(folder, "", command, "s.csv", "--input", input);
        Assert.Equal(code, result.ExitCode);
        Assert.All(said, words => Assert.Contains(words, result.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", result.Error, StringComparison.Ordinal);
        Assert.Equal(["s.csv"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void OneRow_IsMeasured_WithoutIntervalsThatOneRowCantGive()
    {
        File.WriteAllText(Path.Combine(folder, "s.csv"), "a,b,c,label\n0.5,0.3,0.2,b\n");
        CommandResult result =
            CommandLine.RunIn(folder, "", "evaluate", "s.csv", "--input", "probabilities", "--json", "--report", "r.html");
        Assert.Equal(0, result.ExitCode);
        JsonElement test = JsonDocument.Parse(result.Output).RootElement.GetProperty("test");
        Assert.Equal(0, test.GetProperty("accuracy").GetDouble());
        Assert.Equal(JsonValueKind.Null, test.GetProperty("intervals").GetProperty("log_loss")[0].ValueKind);
        Assert.True(File.Exists(Path.Combine(folder, "r.html")));
    }

    [Theory]
    [InlineData("one class present of ten")]
    [InlineData("all rows identical")]
    [InlineData("saturated")]
    [InlineData("two rows")]
    public void Doctor_GivesAFiniteAnswer_WhereTheRowsSayLittle(string what)
    {
        string[] lines = what switch
        {
            "one class present of ten" =>
                [.. Enumerable.Range(0, 60)
                .Select(i =>
                string.Join(',', Enumerable.Range(0, 10).Select(k => k == 3 ? 0.55 + (0.001 * (i % 7)) : 0.05 - (0.001 * (i % 7) / 9))
                .Select(Text)) + ",c3")],
            "all rows identical" =>
                [.. Enumerable.Range(0, 60).Select(i => string.Join(',', Enumerable.Repeat("0.1", 10)) + $",c{i % 10}")],
            "saturated" =>
                [.. Enumerable.Range(0, 60)
                .Select(i =>
                string.Join(',', Enumerable.Range(0, 10).Select(k => k == i % 10 ? "1" : "0")) + $",c{(i % 5 == 0 ? 1 : i % 10)}")],
            _ => ["0.91,0.01,0.01,0.01,0.01,0.01,0.01,0.01,0.01,0.01,c0", "0.01,0.91,0.01,0.01,0.01,0.01,0.01,0.01,0.01,0.01,c4"],
        };
        File.WriteAllLines(Path.Combine(folder, "s.csv"),
            lines.Prepend(string.Join(',', Enumerable.Range(0, 10).Select(k => $"c{k}")) + ",label"));

        CommandResult doctor = CommandLine.RunIn(folder, "", "doctor", "s.csv", "--input", "probabilities", "--json");
        CommandResult predict = CommandLine.RunIn(folder, "", "predict", "remedy.credence", "s.csv", "--input", "probabilities", "--json");

        Assert.True(doctor.ExitCode == 0, doctor.Error);
        JsonElement json = JsonDocument.Parse(doctor.Output).RootElement;
        Assert.True(double.IsFinite(json.GetProperty("test").GetProperty("log_loss").GetDouble()));
        Assert.NotEqual("", json.GetProperty("verdict").GetString());
        string[] rows = predict.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(lines.Length, rows.Length);
        Assert.All(rows, row => Assert.InRange(JsonDocument.Parse(row).RootElement.GetProperty("probability").GetDouble(), 0.1 - 1e-12, 1));

        static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Doctor_OnPercentages_SaysSo_AndItsRemedyTakesThem()
    {
        var rng = new Numerics.Rng(4);
        var lines = new List<string> { "a,b,c,label" };
        for (int row = 0; row < 300; row++)
        {
            double u = rng.NextDouble(), v = rng.NextDouble(), w = rng.NextDouble(), sum = u + v + w;
            lines.Add(FormattableString.Invariant(
                $"{100 * u / sum:0.0000},{100 * v / sum:0.0000},{100 * w / sum:0.0000},{"abc"[rng.NextInt(3)]}"));
        }

        File.WriteAllLines(Path.Combine(folder, "s.csv"), lines);
        CommandResult doctor = CommandLine.RunIn(folder, "", "doctor", "s.csv", "--json");
        Assert.Equal(0, doctor.ExitCode);
        JsonElement json = JsonDocument.Parse(doctor.Output).RootElement;
        Assert.Equal("percentages", json.GetProperty("nature").GetString());
        Assert.Equal("what they are", json.GetProperty("findings")[0].GetProperty("topic").GetString());

        CommandResult predict = CommandLine.RunIn(folder, "", "predict", "remedy.credence", "s.csv");
        Assert.Equal(0, predict.ExitCode);
        Assert.Equal(301, predict.Output.TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("a,b,c\n1.5,0.3,0.2\n", 2, "does not hold probabilities, but the calibrator was fitted on probabilities")]
    [InlineData("a,b,c\n0,0,0\n", 1, "s.csv line 2 is 0 for every class")]
    [InlineData("a,b,c,d\n1,0,0,0\n", 0, "'d' is no class of the calibrator and is left out")]
    [InlineData("a,b,d\n0.5,0.3,0.2\n", 1, "has no class 'c'; it has 'a', 'b', 'd'")]
    [InlineData("a,b,c\n0.2,0.3,0.1\n0.4,0.9,0.2\n", 0, "They are divided by their sum here")]
    public void Predict_ByACalibratorOfProbabilities_TakesNoOthers(string scores, int code, string said)
    {
        File.WriteAllText(Path.Combine(folder, "fit.csv"), "a,b,c,label\n"
            + string.Concat(Enumerable.Repeat("0.5,0.3,0.2,a\n0.2,0.5,0.3,b\n0.1,0.2,0.7,a\n", 10)));
        File.WriteAllText(Path.Combine(folder, "s.csv"), scores);
        Assert.Equal(0, CommandLine.RunIn(folder, "", "calibrate", "fit.csv", "--input", "probabilities", "--method", "temperature",
            "--out", "c.credence").ExitCode);

        CommandResult result = CommandLine.RunIn(folder, "", "predict", "c.credence", "s.csv", "--out", "p.csv");

        Assert.Equal(code, result.ExitCode);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.Equal(code == 0, File.Exists(Path.Combine(folder, "p.csv")));
    }

    [Fact]
    public void LogitsThatLookLikeProbabilities_AreTaken_AndItIsSaid()
    {
        File.WriteAllText(Path.Combine(folder, "s.csv"), "a,b,label\n0.5,0.5,a\n0.2,0.8,b\n");
        CommandResult result = CommandLine.RunIn(folder, "", "evaluate", "s.csv", "--input", "logits");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("read as logits (--input probabilities)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_AgainstOtherScores_SaysWhichIsBetter()
    {
        var rng = new Numerics.Rng(4);
        List<string> one = ["a,b,label"], other = ["b,a,label"];
        for (int row = 0; row < 400; row++)
        {
            double p = rng.NextDouble();
            string label = rng.NextDouble() < p ? "a" : "b";
            one.Add(FormattableString.Invariant($"{p:0.000000},{1 - p:0.000000},{label}"));
            other.Add(FormattableString.Invariant($"0.5,0.5,{label}"));
        }

        File.WriteAllLines(Path.Combine(folder, "one.csv"), one);
        File.WriteAllLines(Path.Combine(folder, "other.csv"), other);
        CommandResult result =
            CommandLine.RunIn(folder, "", "evaluate", "one.csv", "--against", "other.csv", "--input", "probabilities", "--json");
        Assert.Equal(0, result.ExitCode);
        JsonElement comparison = JsonDocument.Parse(result.Output).RootElement.GetProperty("comparison");
        Assert.StartsWith("the first is better by log loss", comparison.GetProperty("verdict").GetString(), StringComparison.Ordinal);
        Assert.True(comparison.GetProperty("log_loss").GetProperty("interval")[1].GetDouble() < 0);
    }
}
