using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Tests.Support;

namespace Credence.Tests.Decisions;

public class SelectiveClassifierTests
{
    [Theory]
    [InlineData(0.8, 4)]
    [InlineData(0.61, 4)]
    [InlineData(0.2, 1)]
    [InlineData(1, 5)]
    [InlineData(0, 0)]
    public void ForCoverage_AnswersTheSurestRows(double coverage, int answered)
    {
        Probabilities five = new([0.9, 0.1, 0.2, 0.8, 0.7, 0.3, 0.4, 0.6, 0.5, 0.5], 2);

        SelectiveClassifier selective = SelectiveClassifier.ForCoverage(five, coverage);

        Assert.Equal(answered, Enumerable.Range(0, 5).Count(row => !selective.Abstains(five.Row(row))));
        Assert.Equal(answered / 5.0, selective.Coverage);
        for (int row = 0; row < answered; row++)
            Assert.False(selective.Abstains(five.Row(row)));
    }

    [Fact]
    public void ForCoverage_TreatsTiesAlike_AndSaysWhatItReached()
    {
        Probabilities tied = new([1, 0, 1, 0, 1, 0, 0.6, 0.4], 2);

        SelectiveClassifier selective = SelectiveClassifier.ForCoverage(tied, 0.25);

        Assert.Equal(0.75, selective.Coverage);
        Assert.Equal(0.25, selective.CoverageAim);
    }

    [Fact]
    public void ForCoverage_OfAllOrNone_HoldsForRowsNeverSeen()
    {
        Probabilities rows = new([0.9, 0.1, 0.8, 0.2], 2);

        Assert.False(SelectiveClassifier.ForCoverage(rows, 1).Abstains([0.5, 0.5]));
        Assert.True(SelectiveClassifier.ForCoverage(rows, 0).Abstains([1, 0]));
        Assert.True(SelectiveClassifier.ForCoverage(rows, 0.5).Abstains([double.NaN, 1]));
    }

    [Theory]
    [InlineData(RiskControlMethod.SelectiveGuaranteedRisk, 1.0)]
    [InlineData(RiskControlMethod.SelectiveGuaranteedRisk, 0.4)]
    [InlineData(RiskControlMethod.LearnThenTest, 1.0)]
    [InlineData(RiskControlMethod.LearnThenTest, 0.4)]
    public void ForRisk_KeepsItsPromise_InAtLeast95PercentOf200Draws(RiskControlMethod method, double temperature)
    {
        SimulatedScores all = SimulatedScores.Draw(120_000, 3, seed: 77, temperature: temperature);
        int[] population = [.. Enumerable.Range(100_000, 20_000)];
        var confidences = new double[population.Length];
        var wrong = new bool[population.Length];
        for (int i = 0; i < population.Length; i++)
        {
            double[] p = all.Probabilities.Row(population[i]).ToArray();
            confidences[i] = p.Max();
            wrong[i] = Array.IndexOf(p, confidences[i]) != all.Labels[population[i]];
        }

        int held = 0;
        double coverage = 0;
        for (int draw = 0; draw < 200; draw++)
        {
            int[] rows = [.. Enumerable.Range(draw * 500, 500)];
            Attempt<SelectiveClassifier, string> fit = SelectiveClassifier.ForRisk(
                all.Probabilities.Select(rows), all.Labels.Select(rows),
                    new RiskControlOptions { MaxRisk = 0.05, Delta = 0.05, Method = method });
            double threshold = fit.Value?.Threshold ?? double.PositiveInfinity;
            int answered = confidences.Count(confidence => confidence >= threshold);
            int errors = Enumerable.Range(0, confidences.Length).Count(i => confidences[i] >= threshold && wrong[i]);
            held += answered == 0 || (double)errors / answered <= 0.05 ? 1 : 0;
            coverage += (double)answered / confidences.Length / 200;
        }

        Assert.InRange(held, 190, 200);
        Assert.InRange(coverage, 0.35, 0.95);
    }

    [Fact]
    public void ForRisk_RefusesWhereNoThresholdKeepsThePromise_AndSaysWhatItWouldTake()
    {
        SimulatedScores few = SimulatedScores.Draw(20, 3, seed: 1);

        Attempt<SelectiveClassifier, string> fit = SelectiveClassifier.ForRisk(few.Probabilities, few.Labels);

        Assert.Null(fit.Value);
        Assert.Contains("on 20 rows; even without an error, 149 answered rows are needed", fit.Refusal, StringComparison.Ordinal);
        Assert.NotNull(SelectiveClassifier.ForRisk(new Probabilities([], 3), new Labels([], ["a", "b", "c"])).Refusal);
    }

    [Fact]
    public void ForRisk_StatesItsPromise()
    {
        NpzScores scores = NpzScores.Load("wideresnet-16-4-cifar-10");

        RiskBound risk = SelectiveClassifier.ForRisk(scores.Probabilities, scores.Labels).Value!.Risk!;

        Assert.StartsWith("At most 2% wrong among those answered, with 95% confidence: answers ", risk.Statement, StringComparison.Ordinal);
        Assert.InRange(risk.Coverage, 0.7, 0.9);
        Assert.True((double)risk.Wrong / risk.Answered < 0.02);
    }

    [Fact]
    public void SaveThenLoad_GivesTheSameDecisions()
    {
        SimulatedScores scores = SimulatedScores.Draw(1_000, 3, seed: 4);
        foreach (SelectiveClassifier selective in new[]
        {
            SelectiveClassifier.ForCoverage(scores.Probabilities, 0.7),
            SelectiveClassifier.ForCoverage(scores.Probabilities, 0),
            SelectiveClassifier.ForRisk(scores.Probabilities, scores.Labels, new RiskControlOptions { MaxRisk = 0.1 }).Value!,
        })
        {
            var loaded = Policy.Load((JsonObject)JsonNode.Parse(Policy.Of(selective).Save().ToJsonString())!);
            Assert.Equal(selective.Threshold, loaded.Selective!.Threshold);
            Assert.Equal(selective.Risk, loaded.Selective.Risk);
            for (int row = 0; row < 100; row++)
                Assert.Equal(selective.Abstains(scores.Probabilities.Row(row)), loaded.Decide(scores.Probabilities.Row(row)).Abstain);
        }
    }

    [Theory]
    [InlineData("threshold", "-1")]
    [InlineData("threshold", "\"high\"")]
    [InlineData("coverage", "1.5")]
    [InlineData("coverage_aim", "-0.1")]
    [InlineData("rows", "null")]
    [InlineData("risk", "{\"max_risk\": 2}")]
    [InlineData("risk", "{\"max_risk\": 0.1, \"delta\": 0.1, \"rows\": 10, \"answered\": 11, \"wrong\": 1, \"method\": \"sgr\"}")]
    public void Load_RefusesWhatWasChanged(string property, string value)
    {
        JsonObject saved = SelectiveClassifier.ForCoverage(new Probabilities([0.9, 0.1, 0.6, 0.4], 2), 0.5).Save();
        saved[property] = JsonNode.Parse(value);

        Assert.Throws<InvalidDataException>(() => SelectiveClassifier.Load(saved));
    }
}
