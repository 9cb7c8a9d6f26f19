using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Tests.Evaluation;

/// <summary>The one test of calibration keeps its error at every number of rows, and finds what is off.</summary>
public class CalibrationTestTests
{
    /// <summary>The first value is the data's. Alone, 9 is the largest of five: 1/5. Of two tests, the least p-values of the five are 1/5,
    /// 1/5 (5 in the second), 2/5, 4/5 and 3/5; of the two least the data's other p-value, 3/5, is the larger: the data are
    /// second.</summary>
    [Fact]
    public void PValue_IsTheRankOfTheLeast()
    {
        (double joint, double[] alone) = JointTest.PValues([[9, 1, 2, 3, 4]]);
        Assert.Equal(0.2, joint, 12);
        Assert.Equal([0.2], alone);

        (joint, alone) = JointTest.PValues([[9, 8, 2, 3, 4], [3, 5, 4, 1, 2]]);
        Assert.Equal([0.2, 0.6], alone);
        Assert.Equal(0.4, joint, 12);

        // A value that all share says nothing.
        Assert.Equal(1, JointTest.PValues([[2, 2, 2]]).Joint);
        Assert.Equal(1, JointTest.PValues([]).Joint);
    }

    /// <summary>Labels drawn from the probabilities are called miscalibrated in at most 5 % of samples; two hundred of them have a
    /// standard error of 1.5 %, and three of those are allowed.</summary>
    [Theory]
    [InlineData(5, 2, 1.0)]
    [InlineData(8, 3, 3.0)]
    [InlineData(20, 3, 1.0)]
    [InlineData(50, 10, 2.0)]
    public void CalibratedRows_AreSeldomCalledOff(int rows, int classes, double spread)
    {
        int alarms = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            (Probabilities p, Labels labels) = Drawn(rows, classes, spread, seed, 1);
            CalibrationTest test = Evaluator.Evaluate(p, labels, options: new() { Seed = seed, BootstrapDraws = 0, NullDraws = 99 })
                .CalibrationTest!;
            Assert.Equal(test.PValue <= 0.05, test.IsMiscalibrated);
            Assert.InRange(test.PValue, 0.01, 1);
            alarms += test.IsMiscalibrated ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 19);
    }

    [Theory]
    [InlineData(300, 0.5)]
    [InlineData(300, 2)]
    public void OverconfidentAndUnderconfidentRows_AreCalledOff(int rows, double temperature)
    {
        (Probabilities p, Labels labels) = Drawn(rows, 3, 2, 7, temperature);
        ModelEvaluation evaluation = Evaluator.Evaluate(p, labels, options: new() { BootstrapDraws = 0 });
        Assert.True(evaluation.CalibrationTest!.IsMiscalibrated);
        Assert.Equal("not calibrated", evaluation[MetricName.Ece].Verdict!.Reading);
    }

    [Fact]
    public void OneImpossibleRow_NeedsNoTest()
    {
        var p = new Probabilities([1, 0, 0.6, 0.4, 0.6, 0.4], 2);
        CalibrationTest test = Evaluator.Evaluate(p, new Labels([1, 0, 0], ["a", "b"]), options: new() { BootstrapDraws = 0 })
            .CalibrationTest!;
        Assert.True(test.IsImpossible);
        Assert.True(test.IsMiscalibrated);
        Assert.Equal(0, test.PValue);

        // A row of weight 0 has not happened.
        Assert.False(Evaluator.Evaluate(p, new Labels([1, 0, 0], ["a", "b"]), [0, 1, 1], new() { BootstrapDraws = 0 })
            .CalibrationTest!.IsImpossible);
    }

    /// <summary>Where the one test finds nothing, no metric and no class says otherwise.</summary>
    [Fact]
    public void MetricsAndClasses_NeverContradictIt()
    {
        int beside = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            (Probabilities p, Labels labels) = Drawn(60, 4, 2, 500 + seed, 1);
            ModelEvaluation evaluation = Evaluator.Evaluate(p, labels, options: new() { Seed = seed, BootstrapDraws = 0 });
            if (evaluation.CalibrationTest!.IsMiscalibrated)
                continue;

            beside += evaluation.Figures.Count(figure => figure.IsMiscalibrated == true);
            Assert.All(evaluation.Figures.Where(figure => figure.Null is not null), figure => Assert.Null(figure.Verdict?.IsBetter));
            Assert.All(evaluation.ClassResults, result => Assert.Null(result.Verdict!.Test));
        }

        Assert.True(beside > 0, "some metric alone is beyond its 95 % point");
    }

    private static (Probabilities Stated, Labels Labels) Drawn(int rows, int classes, double spread, ulong seed, double temperature)
    {
        Rng rng = new Rng(33).Split(seed);
        var stated = new double[rows * classes];
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            Span<double> of = stated.AsSpan(row * classes, classes);
            for (int k = 0; k < classes; k++)
                of[k] = spread * rng.NextNormal();

            var truth = new double[classes];
            Softmax.ForwardRows(of, classes, truth);
            double u = rng.NextDouble();
            while (labels[row] < classes - 1 && (u -= truth[labels[row]]) >= 0)
                labels[row]++;

            for (int k = 0; k < classes; k++)
                of[k] /= temperature;
        }

        Softmax.ForwardRows(stated, classes, stated);
        return (new Probabilities(stated, classes), new Labels(labels, [.. Enumerable.Range(0, classes).Select(k => $"c{k}")]));
    }
}
