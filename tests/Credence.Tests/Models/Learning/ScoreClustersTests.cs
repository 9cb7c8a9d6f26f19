using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Models.Learning;
using Credence.Tests.Support;

namespace Credence.Tests.Models.Learning;

public sealed class ScoreClustersTests
{
    [Fact]
    public void CopiesOfRowsInAGroup_SayWhatTheRowsSayOnce()
    {
        (double[] scores, Labels labels) = Rows(120);
        int[] five = [.. Enumerable.Range(0, 600).Select(i => i / 5)];
        double[] copied = [.. five.SelectMany(row => scores.AsSpan(row * 3, 3).ToArray())];

        ScoreCalibrationFit once = Fit(scores, labels, null);
        ScoreCalibrationFit copies = Fit(copied, labels.Select(five), [.. five.Select(row => $"p{row}")]);

        Assert.Equal(once.Calibrator.Calibrator.Method, copies.Calibrator.Calibrator.Method);
        Assert.Equal(
            once.Evaluation.Calibrated.Figures.Select(figure => (figure.Value, figure.Interval, figure.PValue)),
            copies.Evaluation.Calibrated.Figures.Select(figure => (figure.Value, figure.Interval, figure.PValue)));
    }

    [Fact]
    public void RowsThatAreNearlyCopies_HaveNearlyTheIntervalsOfTheClusters()
    {
        (double[] scores, Labels labels) = Rows(200);
        int[] ten = [.. Enumerable.Range(0, 2000).Select(i => i / 10)];
        double[] near = [.. ten.SelectMany((row, i) => Nudged(scores.AsSpan(row * 3, 3), 1e-4 * (i % 10)))];
        var options = new EvaluationOptions { NullDraws = 99 };

        ModelEvaluation once = Evaluator.Evaluate(new Probabilities(scores, 3), labels, null, options);
        ModelEvaluation blind = Evaluator.Evaluate(new Probabilities(near, 3), labels.Select(ten), null, options);
        ModelEvaluation clustered =
            Evaluator.Evaluate(new Probabilities(near, 3), labels.Select(ten), null, options with { Clusters = ten });

        foreach (string name in (string[])[MetricName.Accuracy, MetricName.LogLoss, MetricName.Brier])
        {
            Assert.InRange(Width(clustered, name) / Width(once, name), 0.9, 1.1);
            Assert.InRange(Width(blind, name) / Width(once, name), 0.25, 0.4);
        }

        double expected = once[MetricName.Ece].Null!.Value.P95;
        Assert.InRange(clustered[MetricName.Ece].Null!.Value.P95 / expected, 0.75, 1.3);
        Assert.True(blind[MetricName.Ece].Null!.Value.P95 < 0.6 * expected);
    }

    [Fact]
    public void FewGroups_AreKindsOfRows()
    {
        (double[] scores, Labels labels) = Rows(90);

        Assert.Null(ScoreClusters.Of([.. Enumerable.Range(0, 90).Select(row => $"{row % 9}")], null, scores, labels));
        Assert.NotNull(ScoreClusters.Of([.. Enumerable.Range(0, 90).Select(row => $"{row % 10}")], null, scores, labels));
    }

    [Fact]
    public void Weights_CountInTheMetrics()
    {
        // 99 rows that are wrong with weight 1, and a right one with weight 1: the law is that of a weighted mean.
        double[] scores = [.. Enumerable.Range(0, 100).SelectMany(_ => (double[])[0.2, 0.8])];
        var labels = new Labels([.. Enumerable.Range(0, 100).Select(row => row % 2)], ["no", "yes"]);
        double[] weights = [.. Enumerable.Range(0, 100).Select(row => row % 2 == 1 ? 1.0 : 3.0)];

        ScoreCalibrationFit fit = new ScoreCalibration(new() { Weights = weights, Selection = new() { Methods = ["none"] } })
            .Fit(ScoreKind.Probabilities, scores, labels, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0.25, fit.Evaluation.Calibrated[MetricName.Accuracy].Value, 1e-12);
        Assert.Equal(-((0.75 * Math.Log(0.2)) + (0.25 * Math.Log(0.8))), fit.Evaluation.Calibrated[MetricName.LogLoss].Value, 1e-12);
    }

    private static double Width(ModelEvaluation evaluation, string name) =>
        evaluation[name].Interval.High - evaluation[name].Interval.Low;

    private static ScoreCalibrationFit Fit(double[] scores, Labels labels, string?[]? groups) =>
        new ScoreCalibration(new() { Groups = groups, Evaluation = new() { NullDraws = 19 } })
            .Fit(ScoreKind.Probabilities, scores, labels, cancellationToken: TestContext.Current.CancellationToken);

    private static double[] Nudged(ReadOnlySpan<double> p, double by) => [p[0] * (1 - by), p[1] * (1 - by), p[2] + (by * (p[0] + p[1]))];

    private static (double[] Scores, Labels Labels) Rows(int rows)
    {
        SimulatedScores drawn = SimulatedScores.Draw(rows, 3, 21);
        return (new Credence.Calibration.IdentityCalibrator(3).Apply(drawn.Logits).Values.ToArray(), drawn.Labels);
    }
}
