using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Tests.Evaluation.Metrics;

public class RankingTests
{
    [Theory]
    [InlineData(60, 3, 5)]
    [InlineData(200, 2, 4)]
    [InlineData(40, 6, 1000)]
    public void Areas_AreThoseOfAllPairs(int rows, int classes, int levels)
    {
        (Probabilities p, Labels y) = Draw(rows, classes, levels, 7);
        ModelEvaluation evaluation = Evaluate(p, y);
        for (int k = 0; k < classes; k++)
        {
            (double area, double precision) = Slow(p, y, k);
            Assert.Equal(area, evaluation.ClassResults[k].Auroc, 12);
            Assert.Equal(precision, evaluation.ClassResults[k].AveragePrecision, 12);
        }

        Assert.Equal(evaluation.ClassResults.Where(k => !double.IsNaN(k.Auroc))
            .Average(k => k.Auroc), evaluation[MetricName.Auroc].Value, 12);
    }

    /// <summary>The variance of a class's area against the definition of DeLong and others, computed from all pairs.</summary>
    [Fact]
    public void Interval_HasDeLongsVariance()
    {
        (Probabilities p, Labels y) = Draw(150, 2, 1000, 3);
        ModelEvaluation evaluation = Evaluate(p, y, new() { NullDraws = 0, BootstrapDraws = 40 });
        double[] own = Scores(p, y, 0, true), other = Scores(p, y, 0, false);
        double[] ownParts = [.. own.Select(a => other.Average(b => Beats(a, b)))],
            otherParts = [.. other.Select(b => own.Average(a => Beats(a, b)))];
        double area = ownParts.Average();
        double variance = (ownParts.Average(v => (v - area) * (v - area)) / own.Length)
            + (otherParts.Average(v => (v - area) * (v - area)) / other.Length);
        double odds = Math.Log(area / (1 - area)), half = 1.959963984540054 * Math.Sqrt(variance) / (area * (1 - area));
        Interval interval = evaluation.ClassResults[0].AurocInterval;
        Assert.Equal(1 / (1 + Math.Exp(half - odds)), interval.Low, 10);
        Assert.Equal(1 / (1 + Math.Exp(-half - odds)), interval.High, 10);

        // Of two classes both areas are the same, and so is their mean with its interval.
        Assert.Equal(interval.Low, evaluation[MetricName.Auroc].Interval.Low, 10);
    }

    [Fact]
    public void ClassWithoutRows_HasNoArea()
    {
        var p = new Probabilities([0.5, 0.3, 0.2, 0.2, 0.6, 0.2], 3);
        ModelEvaluation evaluation = Evaluate(p, new Labels([0, 1], ["a", "b", "c"]));
        Assert.True(double.IsNaN(evaluation.ClassResults[2].Auroc));
        Assert.Equal(1, evaluation[MetricName.Auroc].Value);
    }

    private static (double Area, double Precision) Slow(Probabilities p, Labels y, int k)
    {
        double[] own = Scores(p, y, k, true), other = Scores(p, y, k, false);
        double area = own.Average(a => other.Average(b => Beats(a, b)));
        double precision = 0, found = 0;
        foreach (double threshold in own.Distinct().OrderDescending())
        {
            double hits = own.Count(a => a >= threshold), all = hits + other.Count(b => b >= threshold);
            precision += (hits - found) / own.Length * hits / all;
            found = hits;
        }

        return (area, precision);
    }

    private static double Beats(double a, double b) => a > b ? 1 : a == b ? 0.5 : 0;

    private static double[] Scores(Probabilities p, Labels y, int k, bool isOwn) =>
        [.. Enumerable.Range(0, p.Rows).Where(row => y[row] == k == isOwn).Select(row => p.Row(row)[k])];

    private static (Probabilities, Labels) Draw(int rows, int classes, int levels, ulong seed)
    {
        var rng = new Rng(seed);
        var values = new double[rows * classes];
        for (int row = 0; row < rows; row++)
        {
            Span<double> p = values.AsSpan(row * classes, classes);
            for (int k = 0; k < classes; k++)
                p[k] = 1 + rng.NextInt(levels);

            double sum = 0;
            foreach (double v in p)
                sum += v;
            for (int k = 0; k < classes; k++)
                p[k] /= sum;
        }

        return (new Probabilities(values, classes),
            new Labels([.. Enumerable.Range(0, rows).Select(_ => rng.NextInt(classes))],
            [.. Enumerable.Range(0, classes).Select(k => $"{k}")]));
    }

    private static ModelEvaluation Evaluate(Probabilities p, Labels y, EvaluationOptions? options = null) =>
        Evaluator.Evaluate(p, y, options: options
            ?? new() { BootstrapDraws = 0, NullDraws = 0 }, cancellationToken: TestContext.Current.CancellationToken);
}
