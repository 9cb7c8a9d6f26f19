using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Evaluation;
using Credence.Evaluation.Results;

namespace Credence.Tests.Evaluation;

/// <summary>Figures of rows with several labels, against scikit-learn's (tools/golden/label_sets.py) and against what must hold.</summary>
public class MultiLabelEvaluatorTests
{
    private const int Rows = 60, Classes = 4;
    private static readonly string[] Names = ["a", "b", "c", "d"];

    [Fact]
    public void Evaluate_GivesTheKnownFigures()
    {
        (Probabilities p, LabelSets truth) = Made();

        ModelEvaluation evaluation = MultiLabelEvaluator.Evaluate(
            p, F1Thresholds.Apply(p, [0.5, 0.3, 0.62, 0.4], Names), truth, cancellationToken: TestContext.Current.CancellationToken);

        (string Name, double Known)[] known =
        [
            (MetricName.MacroF1, 0.6150421119211691), (MetricName.MicroF1, 0.6192468619246861), (MetricName.Accuracy, 0.1),
                (MetricName.LogLoss, 0.7467886896759741),
            (MetricName.Brier, 0.9664184497439282), (MetricName.Auroc, 0.6816068779627997),
                (MetricName.AveragePrecision, 0.6141692188983715),
        ];
        foreach ((string name, double value) in known)
        {
            MetricResult figure = evaluation[name];
            Assert.Equal(value, figure.Value, 1e-12);
            Assert.InRange(figure.Value, figure.Interval.Low, figure.Interval.High);
        }

        Assert.Equal(truth.Counts(), evaluation.ClassResults.Select(one => one.Support));
        Assert.Equal(evaluation[MetricName.Auroc].Value, evaluation.ClassResults.Average(one => one.Auroc), 1e-12);
        Assert.Equal(evaluation[MetricName.ClasswiseEce].Value, evaluation.ClassResults.Average(one => one.Ece), 1e-12);
    }

    [Fact]
    public void Weights_CountAsRepeatedRows()
    {
        (Probabilities p, LabelSets truth) = Made();
        double[] weights = [.. Enumerable.Range(0, Rows).Select(row => (double)(row % 3))];
        int[] repeated = [.. Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Repeat(row, row % 3))];
        LabelSets said = F1Thresholds.Apply(p, [0.5, 0.5, 0.5, 0.5], Names);
        var options = new EvaluationOptions { BootstrapDraws = 0, NullDraws = 0 };

        ModelEvaluation weighed = MultiLabelEvaluator.Evaluate(p, said, truth, weights, options, TestContext.Current.CancellationToken);
        ModelEvaluation often =
            MultiLabelEvaluator.Evaluate(p.Select(repeated), said.Select(repeated), truth.Select(repeated), null, options,
            TestContext.Current.CancellationToken);

        foreach (MetricResult figure in often.Figures)
            Assert.Equal(figure.Value, weighed[figure.Name].Value, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Evaluate_DoesNotDependOnThreads(int maxThreads)
    {
        (Probabilities p, LabelSets truth) = Made();
        LabelSets said = F1Thresholds.Apply(p, [0.5, 0.5, 0.5, 0.5], Names);

        ModelEvaluation one =
            MultiLabelEvaluator.Evaluate(p, said, truth, null, new() { MaxThreads = maxThreads }, TestContext.Current.CancellationToken);
        ModelEvaluation two =
            MultiLabelEvaluator.Evaluate(p, said, truth, null, new() { MaxThreads = 2 }, TestContext.Current.CancellationToken);

        Assert.Equal(two.Figures, one.Figures);
        Assert.Equal(two.ClassResults, one.ClassResults);
    }

    [Fact]
    public void Thresholds_AreTheBestThereAre()
    {
        (Probabilities p, LabelSets truth) = Made();

        double[] thresholds = F1Thresholds.Best(p, truth);

        double[] best = F1(thresholds);
        for (int step = 0; step <= 206; step++)
        {
            double[] other = F1([.. Enumerable.Repeat(step / 206.0, Classes)]);
            for (int k = 0; k < Classes; k++)
                Assert.True(best[k] >= other[k] - 1e-12, $"class {k}: {best[k]} at {thresholds[k]}, {other[k]} at {step / 206.0}");
        }

        double[] F1(double[] at) =>
        [
            .. MultiLabelEvaluator.Evaluate(p, F1Thresholds.Apply(p, at, Names), truth, null, new() { BootstrapDraws = 0, NullDraws = 0 },
                TestContext.Current.CancellationToken)
                .ClassResults.Select(one => double.IsNaN(one.F1) ? 0 : one.F1),
        ];
    }

    [Fact]
    public void FittedThresholds_LieBetweenTheBestAndHalfTheExpectedF1()
    {
        // Of probabilities that are right the best threshold is half the best F1; labels drawn from them agree with enough rows.
        var rng = new Numerics.Rng(50);
        double[] p = [.. Enumerable.Range(0, 20_000).Select(_ => { double u = rng.NextDouble(); return u * u * u; })];
        var probabilities = new Probabilities(p, 1);
        LabelSets truth = LabelSets.From(p.Select(value => rng.NextDouble() < value ? (int[])[0] : []), ["a"]);

        double best = F1Thresholds.Best(probabilities, truth)[0], fitted = F1Thresholds.Fit(probabilities, truth)[0], highest = 0;
        double[] falling = [.. p.OrderDescending()];
        double right = 0, present = p.Sum();
        for (int i = 0; i < falling.Length; i++)
        {
            right += falling[i];
            highest = Math.Max(highest, 2 * right / (i + 1 + present));
        }

        Assert.InRange(fitted, Math.Min(best, highest / 2) - 1e-3, Math.Max(best, highest / 2) + 1e-3);
        Assert.Equal(highest / 2, fitted, 0.05);
    }

    [Fact]
    public void WhatCantBe_IsRefused()
    {
        (Probabilities p, LabelSets truth) = Made();
        LabelSets none = LabelSets.From(Enumerable.Repeat(Array.Empty<int>(), Rows), Names);

        Assert.Contains("they must agree", Assert.Throws<ArgumentException>(() => MultiLabelEvaluator.Evaluate(p, none.Select([0]), truth))
            .Message, StringComparison.Ordinal);
        var off = new Probabilities([.. p.Values.ToArray().Select((value, i) => i == 5 ? 1.5 : value)], Classes);
        Assert.Contains("row 1 class 1 is 1.5", Assert.Throws<ArgumentException>(() => MultiLabelEvaluator.Evaluate(off, none, truth))
            .Message, StringComparison.Ordinal);
        Assert.Equal([1, 1, 1, 1], F1Thresholds.Fit(p, none));
    }

    /// <summary>The probabilities and sets of the golden script.</summary>
    private static (Probabilities P, LabelSets Truth) Made()
    {
        double[] p = [.. Enumerable.Range(0, Rows * Classes).Select(i => ((((i / Classes * 37) + (i % Classes * 53)) % 101) + 1) / 103.0)];
        return (new Probabilities(p, Classes), LabelSets.From(
            Enumerable.Range(0, Rows)
                .Select(row =>
                (int[])[.. Enumerable.Range(0, Classes).Where(k => ((row * 29) + (k * 71)) % 97 < (60 * p[(row * Classes) + k]) + 15)]),
                Names));
    }
}
