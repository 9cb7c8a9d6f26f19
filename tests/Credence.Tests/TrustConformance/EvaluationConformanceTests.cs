using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Tests.Support;

namespace Credence.Tests.TrustConformance;

/// <summary>Faults in measuring, each with the right answer.</summary>
public sealed class EvaluationConformanceTests
{
    [Fact]
    [Conformance(
        "Evaluation",
        "MAPIE 1.5, ECE 'uniform' and 'quantile'",
        "linspace(0, 1, bins) makes one bin fewer than asked for, and a row of confidence 0 one of its own",
        "fifteen bins are fifteen: gaps of +0.55 and −0.38 on either side of an edge do not cancel")]
    public void ConfidencesOfDifferentBins_AreNotAdded()
    {
        // Confidences 0.55 and 0.62 lie in different bins of fifteen, (8/15, 9/15] and (9/15, 10/15], in the same of fourteen: gaps +0.55
        // and −0.38 would cancel there.
        ModelEvaluation evaluation = Two([0.55, 0.62], [false, true]);
        Assert.Equal((0.55 + 0.38) / 2, evaluation[MetricName.Ece].Value, 12);
        Assert.Equal(15, evaluation.Reliability.Count);
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "abstention and MAPIE, ECE",
        "fifteen edges are taken for fifteen bins: .013112 on a published network at its temperature",
        "fifteen bins give .012041")]
    public void FifteenBins_OnAPublishedNetwork()
    {
        NpzScores scores = NpzScores.Load("densenet-bc-100-cifar-100");
        double ece = Evaluator.Evaluate(scores.Probabilities, scores.Labels, options: Plain,
            cancellationToken: TestContext.Current.CancellationToken).Temperature!.Ece;
        Assert.Equal(0.012041, ece, 6);
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "MAPIE 1.5, ECE 'array split'",
        "scores are split into bins without being sorted, so that every bin holds every confidence and gaps cancel: 4.6 times too low",
        "bins of equal count are of rows sorted by confidence, with ties together")]
    public void BinsOfEqualCount_AreOfSortedRows()
    {
        // Sure rows are all wrong, unsure rows all right, in alternating order.
        double[] confidence = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.9 : 0.6)];
        bool[] right = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 1)];
        Assert.Equal((0.9 + 0.4) / 2, Two(confidence, right)[MetricName.EceEqualMass].Value, 12);
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "torchmetrics #3510, ECE",
        "a confidence of exactly 1 falls into a hidden sixteenth bin",
        "it lies in the last of fifteen, (14/15, 1]")]
    public void ConfidenceOne_LiesInTheLastBin()
    {
        // 0.95 and 1 share the last bin, (14/15, 1]; their gaps 0.95 and 0 − … cancel only there.
        ModelEvaluation evaluation = Two([0.95, 1], [false, true]);
        Assert.Equal(0.95 / 2, evaluation[MetricName.Ece].Value, 12);
        Assert.Equal(2, evaluation.Reliability[^1].Count);
        ModelEvaluation opposed = Two([0.95, 1], [true, false]);
        Assert.Equal((1 - 0.05) / 2, opposed[MetricName.Ece].Value, 12);
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "verified_calibration, uncertainty of a calibration error",
        "alpha = 0.1 is used as percent: a 99.9 % interval of 100 draws",
        "every interval is of 95 %: the Brier score's is 1.96 standard errors on either side")]
    public void AnInterval_IsOf95Percent()
    {
        double[] confidence = [.. Enumerable.Repeat(0.8, 400)];
        bool[] right = [.. Enumerable.Range(0, 400).Select(i => i % 5 != 0)];
        Interval interval = Two(confidence, right, new() { NullDraws = 99, BootstrapDraws = 2000 })[MetricName.Brier].Interval;

        // The Brier score of a row is 2·0.04 or 2·0.64, one in five the latter.
        double error = 1.2 * Math.Sqrt(0.2 * 0.8 / 400);
        Assert.Equal(2 * 1.96 * error, interval.High - interval.Low, 0.1 * 2 * 1.96 * error);
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "verified_calibration, accuracy",
        "a name that is not defined: the call always fails",
        "three of four rows right are 0.75")]
    public void Accuracy_IsANumber() => Assert.Equal(0.75, Two([0.9, 0.8, 0.7, 0.6], [true, true, true, false])[MetricName.Accuracy].Value);

    [Fact]
    [Conformance(
        "Evaluation",
        "netcal, every metric",
        "where two labels or fewer are present the classes are taken for two, and a batch of a ten-class model fails",
        "the number of classes is that of the columns; every figure is defined on rows of two labels of ten")]
    public void TwoLabelsPresentOfTen_AreTenClasses()
    {
        SimulatedScores scores = SimulatedScores.Draw(200, 10, 3);
        int[] two = [.. Enumerable.Range(0, 200).Where(row => scores.Labels[row] is 4 or 7)];
        ModelEvaluation evaluation = Evaluator.Evaluate(
            scores.Probabilities.Select(two), scores.Labels.Select(two), options: Plain,
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(10, evaluation.ClassResults.Count);
        Assert.All(evaluation.Figures, figure => Assert.False(double.IsNaN(figure.Value), figure.Name));
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "netcal, bins",
        "a bin without rows divides 0 by 0",
        "it is left out of every sum, and is shown with 0 rows")]
    public void EmptyBins_AreLeftOut()
    {
        ModelEvaluation evaluation = Two([0.99, 0.99, 0.98, 0.98], [true, true, true, false]);
        Assert.All(evaluation.Figures, figure => Assert.False(double.IsNaN(figure.Value), figure.Name));
        Assert.Equal(14, evaluation.Reliability.Count(bin => bin.Count == 0));
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "TorchUncertainty, coverage at risk",
        "the index of the last feasible point is not flipped back, so one confident error among a hundred gives NaN",
        "all hundred can be answered at a risk of 1 %: the coverage is 1")]
    public void OneConfidentError_LeavesFullCoverage()
    {
        double[] confidence = [.. Enumerable.Range(0, 100).Select(i => 0.6 + (0.003 * i))];
        bool[] right = [.. Enumerable.Range(0, 100).Select(i => i != 99)];
        ModelEvaluation evaluation = Two(confidence, right);
        Assert.Equal(1, evaluation[MetricName.CoverageAtRisk5].Value);
        Assert.Equal(1, evaluation[MetricName.CoverageAtRisk1].Value);
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "TorchUncertainty, coverage at risk 5 %",
        "NaN on a published network whose surest row is wrong",
        ".0801 of its rows can be answered at a risk of 5 %")]
    public void CoverageAtRisk_OnAPublishedNetwork()
    {
        NpzScores scores = NpzScores.Load("lenet-5-cifar-10");
        ModelEvaluation evaluation =
            Evaluator.Evaluate(scores.Probabilities, scores.Labels, options: Plain,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0.0801, evaluation[MetricName.CoverageAtRisk5].Value, 12);
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "many, area under the risk–coverage curve",
        "it depends on the order of rows of equal confidence: from .012595 to .013465 on one file",
        "it is the mean over the orders of tied rows, computed exactly")]
    public void AreaUnderRiskCoverage_DoesNotDependOnTheOrderOfTies()
    {
        double[] tied = [0.9, 0.9, 0.9, 0.6];
        double first = Two(tied, [true, false, true, false])[MetricName.Aurc].Value,
            second = Two(tied, [false, true, true, false])[MetricName.Aurc].Value;
        Assert.Equal(first, second, 15);

        // Over the three places of the wrong one among the tied: (1 + 1/2 + 1/3, 0 + 1/2 + 1/3, 0 + 0 + 1/3) / 3, then 2/4.
        Assert.Equal((((1 + 0.5 + (1.0 / 3)) + (0.5 + (1.0 / 3)) + (1.0 / 3)) / 3 / 4) + (0.5 / 4), first, 12);
    }

    [Fact]
    [Conformance(
        "Evaluation",
        "verified_calibration, TorchUncertainty, debiased L2",
        "the debiased squared error is cut off at 0, which biases it again",
        "it keeps its sign: −0.0048 on 40 rows that are right exactly as often as stated")]
    public void DebiasedError_KeepsItsSign()
    {
        double[] confidence = [.. Enumerable.Repeat(0.75, 40)];
        bool[] right = [.. Enumerable.Range(0, 40).Select(i => i % 4 != 0)];
        Assert.Equal(-0.75 * 0.25 / 39, Two(confidence, right)[MetricName.L2DebiasedSquared].Value, 12);
    }

    private static EvaluationOptions Plain => new() { BootstrapDraws = 0, NullDraws = 0 };

    /// <summary>Two classes, the first predicted with the given confidence, above one half.</summary>
    private static ModelEvaluation Two(double[] confidence, bool[] right, EvaluationOptions? options = null) => Evaluator.Evaluate(
        new Probabilities([.. confidence.SelectMany(p => new[] { p, 1 - p })], 2),
            new Labels([.. right.Select(r => r ? 0 : 1)], ["a", "b"]),
        options: options ?? Plain, cancellationToken: TestContext.Current.CancellationToken);
}
