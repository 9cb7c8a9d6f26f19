using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Tests.Support;

namespace Credence.Tests.Evaluation.Metrics;

/// <summary>The table of metrics holds together, and what follows for every metric of a kind, a new one too.</summary>
public class MetricCatalogTests
{
    [Fact]
    public void Names_AreUnique_AndHaveTitlesAndDefinitions()
    {
        string[] names = [.. MetricCatalog.All.Select(metric => metric.Metric.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z0-9_]+$", name));
        Assert.All(MetricCatalog.All, metric =>
        {
            Assert.NotEmpty(metric.Metric.Title);
            Assert.NotEmpty(metric.Definition(15));
        });
        string[] titles = [.. MetricCatalog.All.Select(metric => metric.Metric.Title)];
        Assert.Equal(titles.Length, titles.Distinct().Count());
    }

    [Fact]
    public void EveryNameThatIsListed_IsAMetric()
    {
        string[] listed = [.. MetricCatalog.Key, .. MetricCatalog.Summary.Select(line => line.Name),
            .. MetricCatalog.SummaryOfSets.Select(line => line.Name)];
        Assert.All(listed, name => Assert.NotNull(MetricCatalog.Find(name)));
        Assert.Null(MetricCatalog.Find("no_such_metric"));
        Assert.All(MetricCatalog.Compared, metric => Assert.NotNull(metric.Compared));
    }

    [Fact]
    public void EveryConstant_IsAMetric() =>
        Assert.All(typeof(MetricName).GetFields(), field => Assert.NotNull(MetricCatalog.Find((string)field.GetRawConstantValue()!)));

    [Fact]
    public void Evaluation_HasTheTable_InItsOrder()
    {
        SimulatedScores scores = SimulatedScores.Draw(300, 6, 7);
        ModelEvaluation evaluation =
            Evaluator.Evaluate(scores.Probabilities, scores.Labels, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(MetricCatalog.All.Select(metric => metric.Metric.Name), evaluation.Figures.Select(figure => figure.Name));
    }

    /// <summary>Of few classes a metric that would tell nothing is left out.</summary>
    [Fact]
    public void FewClasses_LeaveOut_WhatWouldTellNothing()
    {
        SimulatedScores scores = SimulatedScores.Draw(300, 3, 7);
        ModelEvaluation evaluation =
            Evaluator.Evaluate(scores.Probabilities, scores.Labels, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            MetricCatalog.All.Select(metric => metric.Metric.Name)
                .Except([MetricName.Top3Accuracy, MetricName.Top5Accuracy]), evaluation.Figures.Select(figure => figure.Name));
    }

    /// <summary>A score's sum over drawn labels is the sum of its scores of rows with those labels.</summary>
    [Fact]
    public void EveryScore_SumsOverDrawnLabels_WhatItGivesOfRows()
    {
        SimulatedScores scores = SimulatedScores.Draw(200, 5, 11);
        Probabilities p = scores.Probabilities;
        double[] squares = [.. Enumerable.Range(0, p.Rows).Select(row => p.Row(row).ToArray().Sum(value => value * value))];
        double[] chances = [.. Enumerable.Range(0, p.Rows).Select(row => p.Row(row)[row % 5])];
        double[] logs = [.. chances.Select(chance => Numerics.Log.Compute(chance))];
        double[] weights = [.. Enumerable.Range(0, p.Rows).Select(row => (row % 4) / 1.5)];
        Assert.All(MetricCatalog.Scores, metric =>
        {
            IRowScore score = metric.Score!;
            double[] terms = [.. Enumerable.Range(0, p.Rows).Select(row => score.Term(p.Row(row), squares[row]))];
            double expected = Enumerable.Range(0, p.Rows).Sum(row => weights[row] * score.Of(p.Row(row), row % 5, squares[row]));
            Assert.Equal(expected, score.Sum(weights, terms, chances, logs), 1e-9);
        });
    }
}
