using Credence.Evaluation;
using Credence.Evaluation.Intervals;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Evaluation;

/// <summary>Tests by class and by group: right where calibrated, loud where not, corrected for their number.</summary>
public class EvaluationPartsTests
{
    [Fact]
    public void Holm_AdjustsAsPublished()
    {
        // Holm's own steps: 0.01·4, then max(…, 0.02·3), 0.03·2 lifted to 0.06, 0.04·1 lifted to 0.06.
        double[] adjusted = Holm.Adjust([0.01, double.NaN, 0.04, 0.03, 0.02]);
        Assert.Equal([0.04, double.NaN, 0.06, 0.06, 0.06], adjusted, (a, b) =>
            double.IsNaN(a) == double.IsNaN(b) && !(Math.Abs(a - b) > 1e-12));
    }

    [Fact]
    public void ScoreTests_RejectARightProbabilityAsOftenAsItSays()
    {
        var rng = new Rng(5);
        int rejected = 0;
        for (int sample = 0; sample < 1000; sample++)
        {
            var test = new ScoreTests(1);
            for (int row = 0; row < 200; row++)
            {
                double p = rng.NextDouble();
                test.Expect([p], 1);
                if (rng.NextDouble() < p)
                    test.Happen(0, p, 1);
            }

            rejected += test.PValue(0) <= 0.05 ? 1 : 0;
        }

        // 50 ± 3·√(1000·0.05·0.95).
        Assert.InRange(rejected, 30, 71);
    }

    [Fact]
    public void Groups_FindTheOneThatIsOff()
    {
        SimulatedScores right = SimulatedScores.Draw(900, 3, 8), wrong = SimulatedScores.Draw(300, 3, 9, 0.4);
        SimulatedScores both = SimulatedScores.Concatenate(right, wrong);
        var groups = RowGroups.Of([.. Enumerable.Range(0, 1200).Select(row => row < 900 ? (row % 2 == 0 ? "north" : "east") : "south")]);
        ModelEvaluation evaluation = Evaluator.Evaluate(
            both.Probabilities, both.Labels, options: new() { BootstrapDraws = 40, NullDraws = 40, Groups = groups },
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["east", "north", "south"], evaluation.Groups.Select(group => group.Name));
        Assert.Equal("overconfident", evaluation.Groups[2].Verdict?.Reading);
        Assert.All(evaluation.Groups.Take(2), group => Assert.Equal("no miscalibration detected", $"{group.Verdict}"));
        Assert.Equal(1200, evaluation.Groups.Sum(group => group.Rows));
        Assert.Equal(evaluation[MetricName.LogLoss].Value, evaluation.Groups.Sum(group => group.Rows * group.LogLoss) / 1200, 12);
    }

    [Fact]
    public void Comparison_OfAModelWithItselfIsNothing()
    {
        SimulatedScores scores = SimulatedScores.Draw(400, 4, 3, 0.8);
        ModelComparison comparison = ModelComparison.Compute(
            scores.Probabilities, scores.Probabilities, scores.Labels, options: new() { BootstrapDraws = 80 },
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(comparison.Differences, d => Assert.Equal((0.0, new Interval(0, 0), 1.0), (d.Value, d.Interval, d.PValue)));
        Assert.Contains("no significant difference", comparison.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_FindsTheBetterAndTurnsRound()
    {
        SimulatedScores good = SimulatedScores.Draw(1500, 4, 3), worse = SimulatedScores.Draw(1500, 4, 3, 0.4);
        ModelComparison one =
            ModelComparison.Compute(good.Probabilities, worse.Probabilities, good.Labels, options: new() { BootstrapDraws = 200 },
            cancellationToken: TestContext.Current.CancellationToken);
        ModelComparison other =
            ModelComparison.Compute(worse.Probabilities, good.Probabilities, good.Labels, options: new() { BootstrapDraws = 200 },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith("the first is better by log loss", one.Verdict, StringComparison.Ordinal);
        Assert.StartsWith("the second is better by log loss", other.Verdict, StringComparison.Ordinal);
        for (int i = 0; i < one.Differences.Count; i++)
        {
            Assert.Equal(one.Differences[i].Value, -other.Differences[i].Value, 12);
            Assert.Equal(one.Differences[i].Interval.Low, -other.Differences[i].Interval.High, 12);
        }

        // Scores that differ by a temperature only rank classes alike.
        Assert.Equal(0, one.Differences.Single(d => d.Name == MetricName.Accuracy).Value);
    }
}
