using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Decisions;

public class CostMatrixTests
{
    private static readonly string[] Names = ["ham", "spam"];

    private static CostMatrix Mail => new(Names, ["ham", "spam", "abstain"], [0, 10, 1, 2, 0, 1]);

    [Theory]
    [InlineData(0.99, "ham", 0.02)]
    [InlineData(0.3, "abstain", 1)]
    [InlineData(0.02, "spam", 0.2)]
    public void Decide_TakesTheActionOfLeastExpectedCost(double ham, string action, double cost)
    {
        CostDecision decision = Mail.Decide([ham, 1 - ham]);

        Assert.Equal(action, decision.Action);
        Assert.Equal(cost, decision.ExpectedCost, 1e-12);
        Assert.Equal(action == "abstain", decision.Abstains);
    }

    [Fact]
    public void ZeroOne_IsChowsRule()
    {
        SimulatedScores scores = SimulatedScores.Draw(500, 4, seed: 3);
        CostMatrix costs = CostMatrix.ZeroOne(scores.Labels.Names, 0.3);
        for (int row = 0; row < 500; row++)
        {
            double[] p = scores.Probabilities.Row(row).ToArray();
            CostDecision decision = costs.Decide(p);
            Assert.Equal(p.Max() < 0.7, decision.Abstains);
            if (!decision.Abstains)
                Assert.Equal(scores.Labels.Names[Array.IndexOf(p, p.Max())], decision.Action);
        }
    }

    [Fact]
    public void Measure_PromisesWhatCalibratedProbabilitiesCost_AndNotWhatOverconfidentOnesDo()
    {
        SimulatedScores honest = SimulatedScores.Draw(20_000, 3, seed: 6);
        SimulatedScores overconfident = SimulatedScores.Draw(20_000, 3, seed: 6, temperature: 0.3);
        CostMatrix costs = CostMatrix.ZeroOne(honest.Labels.Names, 0.2);

        CostMeasure ofHonest = CostMeasure.Compute(costs, honest.Probabilities, honest.Labels);
        CostMeasure ofOverconfident = CostMeasure.Compute(costs, overconfident.Probabilities, overconfident.Labels);

        Assert.InRange(ofHonest.ExpectedCost, ofHonest.Interval.Low, ofHonest.Interval.High);
        Assert.True(ofOverconfident.ExpectedCost < ofOverconfident.Interval.Low);
        Assert.True(ofHonest.MeanCost < ofOverconfident.MeanCost);
        Assert.True(ofHonest.MeanCost < ofHonest.BestConstantCost);
        Assert.Equal("abstain", ofHonest.BestConstantAction);
        Assert.Equal(1, ofHonest.ActionShares.Sum(), 1e-12);
    }

    [Fact]
    public void Constructor_RefusesAShapeOrACostThatCannotBe()
    {
        Assert.Contains("need 4 costs", Assert.Throws<ArgumentException>(() => new CostMatrix(Names, Names, [1]))
            .Message, StringComparison.Ordinal);
        Assert.Contains("'spam' where 'ham' is true is NaN", Assert.Throws<ArgumentException>(
            () => new CostMatrix(Names, Names, [0, double.NaN, 1, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CostMatrix(Names, ["ham", "ham"], [0, 1, 1, 0]));
        Assert.Throws<ArgumentException>(() => Mail.Decide([1]));
        Assert.Throws<ArgumentException>(() =>
            CostMeasure.Compute(Mail, new Probabilities([0.5, 0.5], 2), new Labels([0], ["spam", "ham"])));
        Assert.Throws<ArgumentException>(() => CostMeasure.Compute(Mail, new Probabilities([0.5, 0.5], 2), new Labels([-1], Names)));
    }

    [Fact]
    public void Policy_SavesAndLoads_AndRefusesWhatItDoesNotKnow()
    {
        Policy loaded = Policy.Load((JsonObject)JsonNode.Parse(Policy.Of(Mail).Save().ToJsonString())!);

        Assert.Equal(new PolicyDecision(true, "abstain", 1), loaded.Decide([0.3, 0.7]));
        Assert.Equal(new PolicyDecision(false, null, null), Policy.Load(Policy.AnswerAlways.Save()).Decide([0.5, 0.5]));
        Assert.Throws<InvalidDataException>(() => Policy.Load(new JsonObject { ["kind"] = "dice" }));
        JsonObject saved = Policy.Of(Mail).Save();
        saved.Object("cost")["costs"] = new JsonArray(1, 2);
        Assert.Throws<InvalidDataException>(() => Policy.Load(saved));
    }
}
