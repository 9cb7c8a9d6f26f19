using System.Globalization;
using System.Text.Json;
using Credence.Cli.Tests.Support;
using Credence.Files.Inputs;
using Credence.Numerics;

namespace Credence.Cli.Tests;

/// <summary><c>evaluate</c>, <c>calibrate</c> and <c>doctor</c> on scores that are three times too sure.</summary>
public sealed class ScoresCommandsTests : IDisposable
{
    private const int RowCount = 900;
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    public ScoresCommandsTests()
    {
        var rng = new Rng(3);
        var lines = new List<string> { "cat,dog,eel,label" };
        for (int row = 0; row < RowCount; row++)
        {
            double[] logits = [rng.NextNormal(), rng.NextNormal(), rng.NextNormal()];
            var p = new double[3];
            Softmax.Forward(logits, p);
            double u = rng.NextDouble();
            string label = u < p[0] ? "cat" : u < p[0] + p[1] ? "dog" : "eel";
            lines.Add(string.Join(',', logits.Select(logit => (3 * logit).ToString("R", CultureInfo.InvariantCulture))) + "," + label);
        }

        File.WriteAllLines(Path.Combine(folder, "scores.csv"), lines);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Evaluate_MeasuresScoresAsTheyAre()
    {
        JsonElement json = Json("evaluate", "scores.csv", "--input", "logits", "--sets", "aps", "--splits", "20");

        Assert.Equal(RowCount, json.GetProperty("rows").GetProperty("test").GetInt32());
        Assert.True(json.GetProperty("test").GetProperty("ece").GetDouble() > json.GetProperty("test").GetProperty("calibrated_null")
            .GetProperty("ece").GetProperty("p95").GetDouble());
        Assert.Equal("aps", json.GetProperty("conformal").GetProperty("score").GetString());
        Assert.InRange(json.GetProperty("conformal").GetProperty("coverage").GetDouble(), 0.87, 0.93);
        JsonElement expected = json.GetProperty("conformal").GetProperty("coverage_expected");
        Assert.InRange(expected[0].GetDouble(), 0.8, 0.9);
        Assert.InRange(expected[1].GetDouble(), 0.9, 1);
        double never = Size(), plain = Size("--allow-empty-sets");
        Assert.True(never >= 1 && plain < never);

        double Size(params string[] more) => Json(["evaluate", "scores.csv", "--input", "logits", "--alpha", "0.6", .. more])
            .GetProperty("conformal").GetProperty("mean_size").GetDouble();
    }

    [Fact]
    public void Calibrate_FindsTheTemperature_AndMeasuresOnRowsItWasNotFittedOn()
    {
        JsonElement json = Json("calibrate", "scores.csv", "--input", "logits", "--method", "temperature", "--fit-rows", "0:600");

        Assert.Equal(3, json.GetProperty("calibration").GetProperty("parameters").GetProperty("temperature").GetDouble(), 0.6);
        Assert.Equal(600, json.GetProperty("rows").GetProperty("calibration").GetInt32());
        Assert.Equal(300, json.GetProperty("rows").GetProperty("test").GetInt32());
        Assert.True(json.GetProperty("test").GetProperty("log_loss").GetDouble() < json.GetProperty("uncalibrated").GetProperty("log_loss")
            .GetDouble() - 0.1);
        Assert.Equal("exact", json.GetProperty("conformal").GetProperty("guarantee").GetString());
    }

    [Fact]
    public void Calibrator_AppliedByPredict_GivesWhatTheTableHolds()
    {
        Run("calibrate", "scores.csv", "--input", "logits", "--out", "c.credence", "-q");
        JsonElement inspected = Json("inspect", "c.credence");
        Assert.Equal("logits", inspected.GetProperty("input").GetString());
        Assert.Equal(3, inspected.GetProperty("classes").GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, inspected.GetProperty("calibration").ValueKind);
        Assert.Contains("calibrator", Run("inspect", "c.credence").Output, StringComparison.Ordinal);
        Run("calibrate", "scores.csv", "--input", "logits", "--out", "c.csv", "-q");
        Run("calibrate", "scores.csv", "--input", "logits", "--out", "c.npz", "-q");

        double[] predicted = [.. Run("predict", "c.credence", "scores.csv", "--json").Output.TrimEnd('\n').Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("probability").GetDouble())];
        double[] table = [.. File.ReadLines(Path.Combine(folder, "c.csv")).Skip(1)
            .Select(line => line.Split(',').Take(3).Max(cell => double.Parse(cell, CultureInfo.InvariantCulture)))];
        Assert.Equal(table, predicted, (a, b) => Math.Abs(a - b) < 1e-9);

        double fromCsv = Json("evaluate", "c.csv", "--input", "probabilities").GetProperty("test").GetProperty("log_loss").GetDouble();
        double fromNpz = Json("evaluate", "c.npz").GetProperty("test").GetProperty("log_loss").GetDouble();
        double applied = Json("evaluate", "c.credence", "scores.csv").GetProperty("test").GetProperty("log_loss").GetDouble();
        Assert.Equal(fromNpz, fromCsv, 12);
        Assert.Equal(applied, fromCsv, 12);
    }

    [Fact]
    public void Calibrator_MatchesClassesByName_AndRefusesOtherScores()
    {
        Run("calibrate", "scores.csv", "--input", "logits", "--out", "c.credence", "-q");
        string[][] cells = [.. File.ReadLines(Path.Combine(folder, "scores.csv")).Select(line => line.Split(','))];
        File.WriteAllLines(Path.Combine(folder, "turned.csv"), cells.Select(row => $"{row[2]},{row[0]},{row[1]},{row[3]}"));
        File.WriteAllLines(Path.Combine(folder, "fewer.csv"), cells.Select(row => $"{row[0]},{row[1]}"));

        Assert.Equal(Run("predict", "c.credence", "scores.csv", "--top", "1").Output.Split('\n')
            .Select(Label), Run("predict", "c.credence", "turned.csv").Output.Split('\n').Select(Label));
        Assert.Contains("has 2 classes ('", Run("predict", "c.credence", "fewer.csv").Error, StringComparison.Ordinal);
        CommandResult other = Run("predict", "c.credence", "scores.csv", "--input", "probabilities");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("the calibrator was fitted on logits", other.Error, StringComparison.Ordinal);

        static string Label(string line) => string.Join(',', line.Split(',').Take(2));
    }

    [Fact]
    public void Doctor_SaysTooSure_AndWritesARemedyThatHelps()
    {
        CommandResult result = Run("doctor", "scores.csv", "--input", "logits", "--out", "remedy.credence");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Overconfident", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "doctor.html")));
        JsonElement after = Json("evaluate", "remedy.credence", "scores.csv");
        Assert.True(after.GetProperty("test").GetProperty("log_loss").GetDouble() < after.GetProperty("uncalibrated")
            .GetProperty("log_loss").GetDouble() - 0.1);
    }

    [Fact]
    public void Doctor_LooksAtAModel()
    {
        using var workshop = new Workshop();

        CommandResult result = CommandLine.RunIn(workshop.Folder, "", "doctor", "model.credence", "--json");

        string[] topics = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("findings").EnumerateArray()
            .Select(finding => finding.GetProperty("topic").GetString()!)];
        Assert.Contains("accuracy", topics);
        Assert.Contains("training", topics);
    }

    [Fact]
    public void ProbabilityOfZeroForTheTruth_IsFlooredAndSaid()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 40).Select(i => i % 10 == 0 ? "1,0,b" : i % 2 == 0 ? "0.7,0.3,a" : "0.4,0.6,b");
        File.WriteAllLines(Path.Combine(folder, "zeros.csv"), rows.Prepend("a,b,label"));

        JsonElement before = Json("evaluate", "zeros.csv", "--input", "probabilities");
        JsonElement after = Json("calibrate", "zeros.csv", "--input", "probabilities");

        Assert.Equal(JsonValueKind.Null, before.GetProperty("test").GetProperty("log_loss").ValueKind);
        Assert.True(double.IsFinite(after.GetProperty("test").GetProperty("log_loss").GetDouble()));
        Assert.Contains(after.GetProperty("notes").EnumerateArray(), note =>
            note.GetString()!.Contains("exactly 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("margin")]
    [InlineData("top-k")]
    public void Evaluate_MakesSetsOfEveryScore_ByClassToo(string score)
    {
        JsonElement conformal = Json("evaluate", "scores.csv", "--input", "logits", "--sets", score, "--set-by", "class", "--splits", "10")
            .GetProperty("conformal");

        Assert.Equal((score, "class"), (conformal.GetProperty("score").GetString(), conformal.GetProperty("set_by").GetString()));
        Assert.InRange(conformal.GetProperty("coverage").GetDouble(), 0.87, 0.94);
    }

    [Fact]
    public void Groups_GetTheirOwnCalibratorAndSets_AndPredictFindsTheirColumn()
    {
        // The scores of the second half are three times too sure, the first half's three times more unsure than that: right.
        string[] lines = File.ReadAllLines(Path.Combine(folder, "scores.csv"));
        File.WriteAllLines(Path.Combine(folder, "grouped.csv"), lines.Select((line, i) =>
        {
            string[] cells = line.Split(',');
            return i == 0 ? line + ",region" : i % 2 == 0 ? line + ",north"
                : string.Join(',', cells.Take(3)
                    .Select(cell => (double.Parse(cell, CultureInfo.InvariantCulture) / 3).ToString("R", CultureInfo.InvariantCulture)))
                    + $",{cells[3]},south";
        }));

        JsonElement json = Json("calibrate", "grouped.csv", "--input", "logits", "--set-by", "region", "--out", "g.credence");
        CommandResult predicted = Run("predict", "g.credence", "grouped.csv");
        CommandResult without = Run("predict", "g.credence", "scores.csv");

        Assert.Equal(2, json.GetProperty("test").GetProperty("by_group").GetArrayLength());
        Assert.Equal("group", json.GetProperty("conformal").GetProperty("set_by").GetString());
        Assert.Contains(json.GetProperty("notes").EnumerateArray(), note =>
            note.GetString()!.Contains("per group lowers", StringComparison.Ordinal));
        Assert.Equal(RowCount + 1, predicted.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("region", without.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, without.ExitCode);
    }

    [Fact]
    public void Policy_IsMeasured_KeptInTheFile_AndUsedByPredict()
    {
        JsonElement policy = Json("calibrate", "scores.csv", "--input", "logits", "--max-risk", "0.4", "--out", "p.credence")
            .GetProperty("policy");
        string[] rows = Run("predict", "p.credence", "scores.csv").Output.TrimEnd('\n').Split('\n')[1..];
        JsonElement evaluated = Json("evaluate", "p.credence", "scores.csv").GetProperty("policy");
        CommandResult impossible = Run("calibrate", "scores.csv", "--input", "logits", "--max-risk", "0.0001", "--out", "no.credence");

        Assert.Equal("risk", policy.GetProperty("kind").GetString());
        Assert.StartsWith("At most 40% wrong among those answered, with 95% confidence: answers ", policy.GetProperty("statement")
            .GetString(), StringComparison.Ordinal);
        Assert.Equal(policy.GetProperty("answers")
            .GetDouble(), rows.Count(row => row.EndsWith("false", StringComparison.Ordinal)) / (double)RowCount, 0.03);
        Assert.Equal(policy.GetProperty("threshold").GetDouble(), evaluated.GetProperty("threshold").GetDouble());
        Assert.True(evaluated.GetProperty("test").GetProperty("wrong_share").GetDouble() <= 0.4);
        Assert.Equal(1, impossible.ExitCode);
        Assert.Contains("answered rows are needed", impossible.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "no.credence")));
    }

    [Fact]
    public void Costs_GiveTheActionAndWhatItCosts()
    {
        File.WriteAllText(Path.Combine(folder, "costs.csv"), "true,cat,dog,eel,abstain\ndog,1,0,1,0.4\ncat,0,1,1,0.4\neel,1,1,0,0.4\n");

        JsonElement cost = Json("evaluate", "scores.csv", "--input", "logits", "--cost", "costs.csv").GetProperty("policy")
            .GetProperty("test").GetProperty("cost");
        Run("calibrate", "scores.csv", "--input", "logits", "--cost", "costs.csv", "--out", "c.credence", "-q");
        string[] lines = Run("predict", "c.credence", "scores.csv").Output.TrimEnd('\n').Split('\n');

        Assert.True(cost.GetProperty("mean").GetDouble() <= 0.41);
        Assert.Equal("row,label,probability,set,action,expected_cost,abstain", lines[0]);
        Assert.All(lines.Skip(1).Select(line => line.Split(',')), row =>
        {
            double probability = double.Parse(row[2], CultureInfo.InvariantCulture);
            Assert.Equal(probability >= 0.6 ? row[1] : "abstain", row[^3]);
            Assert.Equal(Math.Min(1 - probability, 0.4), double.Parse(row[^2], CultureInfo.InvariantCulture), 1e-6);
        });
    }

    [Fact]
    public void Prior_IsEstimatedWithItsIntervalAndTest_OrGiven()
    {
        string[] lines = File.ReadAllLines(Path.Combine(folder, "scores.csv"));
        File.WriteAllLines(Path.Combine(folder, "shifted.csv"),
            lines.Where((line, i) => i == 0 || line.EndsWith("cat", StringComparison.Ordinal) || i % 10 == 0));
        Run("calibrate", "scores.csv", "--input", "logits", "--out", "c.credence", "-q");

        CommandResult estimated = Run("predict", "c.credence", "shifted.csv", "--prior", "estimate");
        JsonElement shift = Json("evaluate", "c.credence", "shifted.csv").GetProperty("shift");
        CommandResult given = Run("predict", "c.credence", "shifted.csv", "--prior", "cat=1");
        CommandResult wrong = Run("predict", "c.credence", "shifted.csv", "--prior", "cta=1");
        CommandResult some = Run("predict", "c.credence", "shifted.csv", "--prior", "cat=5%");
        CommandResult much = Run("predict", "c.credence", "shifted.csv", "--prior", "cat=1.05");

        Assert.Contains("The class priors have shifted (p < 0.0001), most that of 'cat'", estimated.Error, StringComparison.Ordinal);
        Assert.True(shift.GetProperty("is_shifted").GetBoolean());
        Assert.InRange(shift.GetProperty("prior")[0].GetProperty("share")
            .GetDouble(), shift.GetProperty("prior")[0].GetProperty("interval")[0].GetDouble(), 1);
        Assert.All(given.Output.TrimEnd('\n').Split('\n').Skip(1), line => Assert.Equal("cat", line.Split(',')[1]));
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Did you mean 'cat'?", wrong.Error, StringComparison.Ordinal);
        string[] labels = [.. some.Output.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(',')[1])];
        Assert.Contains("cat", labels);
        Assert.Contains(labels, label => label != "cat");
        Assert.Equal(2, much.ExitCode);
        Assert.Contains("the share of 'cat' is 1.05", much.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shift_ByPredictionsAlone_IsKeptInTheFile()
    {
        string[] lines = File.ReadAllLines(Path.Combine(folder, "scores.csv"));
        File.WriteAllLines(Path.Combine(folder, "more-cats.csv"),
            lines.Where((line, i) => i == 0 || line.EndsWith("cat", StringComparison.Ordinal) || i % 10 == 0));
        Run("calibrate", "scores.csv", "--input", "logits", "--out", "em.credence", "-q");
        Run("calibrate", "scores.csv", "--input", "logits", "--shift", "bbse", "--out", "bbse.credence", "-q");

        JsonElement likelihood = Json("evaluate", "em.credence", "more-cats.csv")
            .GetProperty("shift"), box = Json("evaluate", "bbse.credence", "more-cats.csv").GetProperty("shift");
        double Cats(JsonElement shift) => shift.GetProperty("prior")[0].GetProperty("share").GetDouble();
        double share = File.ReadAllLines(Path.Combine(folder, "more-cats.csv")).Skip(1)
            .Average(line => line.EndsWith("cat", StringComparison.Ordinal) ? 1.0 : 0);

        Assert.Equal(("em", "bbse"), (likelihood.GetProperty("method").GetString(), box.GetProperty("method").GetString()));
        Assert.NotEqual(Cats(likelihood), Cats(box));
        Assert.InRange(Cats(box), share - 0.1, share + 0.1);
        Assert.Contains("The class priors have shifted", Run("predict", "bbse.credence", "more-cats.csv", "--prior", "estimate")
            .Error, StringComparison.Ordinal);
        Assert.Equal(2, Run("calibrate", "scores.csv", "--input", "logits", "--shift", "rlls").ExitCode);
    }

    [Fact]
    public void AdaptiveSets_KeepTheirAimWhereRowsChange()
    {
        // First the rows as they are, then every row with the label of another class: what the model says is then wrong for good.
        string[] lines = File.ReadAllLines(Path.Combine(folder, "scores.csv"));
        string[] classes = [.. lines[0].Split(',')[..^1]];
        string Wrong(string line) =>
            $"{line[..line.LastIndexOf(',')]},{classes[(Array.IndexOf(classes, line.Split(',')[^1]) + 1) % classes.Length]}";
        File.WriteAllLines(Path.Combine(folder, "changing.csv"), [.. lines, .. lines.Skip(1).Select(Wrong)]);
        Run("calibrate", "scores.csv", "--input", "logits", "--out", "aci.credence", "-q");

        JsonElement adaptive = Json("evaluate", "aci.credence", "changing.csv", "--adaptive", "0.05").GetProperty("adaptive");
        double coverage = adaptive.GetProperty("coverage").GetDouble();

        Assert.Equal(2 * (lines.Length - 1), adaptive.GetProperty("rows").GetInt32());
        Assert.InRange(coverage, 0.9 - adaptive.GetProperty("bound").GetDouble(), 0.9 + adaptive.GetProperty("bound").GetDouble());
        Assert.InRange(adaptive.GetProperty("fixed").GetProperty("coverage").GetDouble(), 0, coverage - 0.1);
        Assert.Contains("Adaptive sets over", Run("evaluate", "aci.credence", "changing.csv", "--adaptive", "0.05")
            .Output, StringComparison.Ordinal);
        Assert.Equal(2, Run("evaluate", "scores.csv", "--input", "logits", "--adaptive", "0.05").ExitCode);
        Assert.Equal(2, Run("evaluate", "aci.credence", "changing.csv", "--adaptive", "2").ExitCode);
    }

    [Fact]
    public void OutlierScores_AreReported()
    {
        var rng = new Rng(5);
        File.WriteAllLines(Path.Combine(folder, "strange.csv"), Enumerable.Range(0, 200).Select(_ =>
            string.Create(CultureInfo.InvariantCulture, $"{rng.NextNormal() / 9},{rng.NextNormal() / 9},{rng.NextNormal() / 9}"))
                .Prepend("cat,dog,eel"));

        JsonElement told = Json("evaluate", "scores.csv", "--input", "logits", "--strange", "strange.csv", "--known-accuracy", "0.3")
            .GetProperty("out_of_distribution");

        Assert.Equal(
            ["msp", "max-logit", "energy", "gen", "kl-matching", "entropy"],
            told.GetProperty("scores").EnumerateArray().Select(score => score.GetProperty("score").GetString()!));
        foreach (JsonElement score in told.GetProperty("scores").EnumerateArray())
        {
            Assert.InRange(score.GetProperty("auroc").GetDouble(), 0.75, 1);
            Assert.True(score.GetProperty("at_known_accuracy").GetProperty("recall").GetDouble() > 0.5);
        }
    }

    [Fact]
    public void AccuracyWithoutLabels_IsEstimated_WithWhatItRestsOn()
    {
        Run("calibrate", "scores.csv", "--input", "logits", "--out", "c.credence", "-q");
        File.WriteAllLines(Path.Combine(folder, "unlabelled.csv"), File.ReadLines(Path.Combine(folder, "scores.csv"))
            .Select(line => string.Join(',', line.Split(',').Take(3))));

        JsonElement estimated = Json("evaluate", "c.credence", "unlabelled.csv", "--without-labels").GetProperty("estimated");
        double accuracy = Json("evaluate", "c.credence", "scores.csv").GetProperty("test").GetProperty("accuracy").GetDouble();

        Assert.InRange(accuracy, estimated.GetProperty("interval")[0].GetDouble(), estimated.GetProperty("interval")[1].GetDouble());
        Assert.Equal(3, estimated.GetProperty("assumptions").GetArrayLength());
    }

    private CommandResult Run(params string[] arguments) => CommandLine.RunIn(folder, "", arguments);

    private JsonElement Json(params string[] arguments)
    {
        CommandResult result = Run([.. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
