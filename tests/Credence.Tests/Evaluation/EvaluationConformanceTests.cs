using Credence.Data;
using Credence.Evaluation;
using Credence.Tests.Support;

namespace Credence.Tests.Evaluation;

/// <summary>Faults that were found in other evaluation libraries, each as a test with the right answer. A name says the library, then the fault.</summary>
public class EvaluationConformanceTests
{
    /// <summary>MAPIE 1.5, <c>expected_calibration_error</c>, strategies "uniform" and "quantile": <c>linspace(0, 1, num_bins)</c> makes one bin fewer than asked for,
    /// and a row of confidence 0 one of its own.</summary>
    [Fact]
    public void Mapie_UniformBinsAreOneTooFew()
    {
        // Confidences 0.55 and 0.62 lie in different bins of fifteen, (8/15, 9/15] and (9/15, 10/15], in the same of fourteen: gaps +0.55 and −0.38 would cancel there.
        ModelEvaluation evaluation = Two([0.55, 0.62], [false, true]);
        Assert.Equal((0.55 + 0.38) / 2, evaluation[FigureName.Ece].Value, 12);
        Assert.Equal(15, evaluation.Reliability.Count);
    }

    /// <summary>The same fault on a published network: .013112 of fourteen bins, where fifteen give .012041.</summary>
    [Fact]
    public void Mapie_UniformBinsAreOneTooFew_OnDensenetAtItsTemperature()
    {
        NpzScores scores = NpzScores.Load("densenet-bc-100-cifar-100");
        double ece = Evaluator.Evaluate(scores.Probabilities, scores.Labels, options: Plain, cancellationToken: TestContext.Current.CancellationToken).Temperature!.Ece;
        Assert.Equal(0.012041, ece, 6);
    }

    /// <summary>MAPIE 1.5, strategy "array split": the scores are split into bins without being sorted, so that every bin holds every confidence and gaps cancel.</summary>
    [Fact]
    public void Mapie_ArraySplitDoesNotSort()
    {
        // Sure rows are all wrong, unsure rows all right, in alternating order.
        double[] confidence = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.9 : 0.6)];
        bool[] right = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 1)];
        Assert.Equal((0.9 + 0.4) / 2, Two(confidence, right)[FigureName.EceEqualMass].Value, 12);
    }

    /// <summary>abstention, <c>ECE</c>: fifteen edges are taken for fifteen bins.</summary>
    [Fact]
    public void Abstention_FifteenEdgesAreFourteenBins() => Mapie_UniformBinsAreOneTooFew();

    /// <summary>torchmetrics #3510: a confidence of exactly 1 falls into a hidden sixteenth bin.</summary>
    [Fact]
    public void Torchmetrics_ConfidenceOneHasABinOfItsOwn()
    {
        // 0.95 and 1 share the last bin, (14/15, 1]; their gaps 0.95 and 0 − … cancel only there.
        ModelEvaluation evaluation = Two([0.95, 1], [false, true]);
        Assert.Equal(0.95 / 2, evaluation[FigureName.Ece].Value, 12);
        Assert.Equal(2, evaluation.Reliability[^1].Count);
        ModelEvaluation opposed = Two([0.95, 1], [true, false]);
        Assert.Equal((1 - 0.05) / 2, opposed[FigureName.Ece].Value, 12);
    }

    /// <summary>verified_calibration, <c>get_calibration_error_uncertainties</c>: <c>alpha = 0.1</c> is used as percent, which gives a 99.9 % interval. Ours is of 95 %:
    /// the half width of a share's interval is 1.96 standard errors.</summary>
    [Fact]
    public void VerifiedCalibration_AlphaIsTakenForPercent()
    {
        double[] confidence = [.. Enumerable.Repeat(0.8, 400)];
        bool[] right = [.. Enumerable.Range(0, 400).Select(i => i % 5 != 0)];
        Interval interval = Two(confidence, right, new() { NullDraws = 99, BootstrapDraws = 2000 })[FigureName.Brier].Interval;

        // The Brier score of a row is 2·0.04 or 2·0.64, one in five the latter.
        double error = 1.2 * Math.Sqrt(0.2 * 0.8 / 400);
        Assert.Equal(2 * 1.96 * error, interval.High - interval.Low, 0.1 * 2 * 1.96 * error);
    }

    /// <summary>verified_calibration, <c>get_accuracy</c>: a NameError. Ours is a number.</summary>
    [Fact]
    public void VerifiedCalibration_AccuracyIsNotComputed() => Assert.Equal(0.75, Two([0.9, 0.8, 0.7, 0.6], [true, true, true, false])[FigureName.Accuracy].Value);

    /// <summary>netcal, every metric: where two labels or fewer are present the classes are taken for two, and a batch of a ten-class model fails.</summary>
    [Fact]
    public void Netcal_FewLabelsPresentAreTakenForTwoClasses()
    {
        SimulatedScores scores = SimulatedScores.Draw(200, 10, 3);
        int[] two = [.. Enumerable.Range(0, 200).Where(row => scores.Labels[row] is 4 or 7)];
        ModelEvaluation evaluation = Evaluator.Evaluate(
            scores.Probabilities.Select(two), scores.Labels.Select(two), options: Plain, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(10, evaluation.ClassResults.Count);
        Assert.All(evaluation.Figures, figure => Assert.False(double.IsNaN(figure.Value), figure.Name));
    }

    /// <summary>netcal, <c>HistogramBinning</c>-style classwise means: a bin without rows divides 0 by 0. Ours leaves it out of every sum.</summary>
    [Fact]
    public void Netcal_EmptyBinsGiveNaN()
    {
        ModelEvaluation evaluation = Two([0.99, 0.99, 0.98, 0.98], [true, true, true, false]);
        Assert.All(evaluation.Figures, figure => Assert.False(double.IsNaN(figure.Value), figure.Name));
        Assert.Equal(14, evaluation.Reliability.Count(bin => bin.Count == 0));
    }

    /// <summary>TorchUncertainty, <c>CovAt5Risk</c>: the index of the last feasible point is not flipped back, so one confident error among a hundred gives NaN. All
    /// hundred can be answered at a risk of 1 %.</summary>
    [Fact]
    public void TorchUncertainty_OneConfidentErrorMakesCoverageAtRiskNaN()
    {
        double[] confidence = [.. Enumerable.Range(0, 100).Select(i => 0.6 + (0.003 * i))];
        bool[] right = [.. Enumerable.Range(0, 100).Select(i => i != 99)];
        ModelEvaluation evaluation = Two(confidence, right);
        Assert.Equal(1, evaluation[FigureName.CoverageAtRisk5].Value);
        Assert.Equal(1, evaluation[FigureName.CoverageAtRisk1].Value);
    }

    /// <summary>The same fault on a published network, where NaN was given for .0801.</summary>
    [Fact]
    public void TorchUncertainty_OneConfidentErrorMakesCoverageAtRiskNaN_OnLenet()
    {
        NpzScores scores = NpzScores.Load("lenet-5-cifar-10");
        ModelEvaluation evaluation = Evaluator.Evaluate(scores.Probabilities, scores.Labels, options: Plain, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0.0801, evaluation[FigureName.CoverageAtRisk5].Value, 12);
    }

    /// <summary>Several libraries: the area under the risk–coverage curve depends on the order of rows of equal confidence. Ours is its mean over their orders.</summary>
    [Fact]
    public void Many_AreaUnderRiskCoverageDependsOnTheOrderOfTies()
    {
        double[] tied = [0.9, 0.9, 0.9, 0.6];
        double first = Two(tied, [true, false, true, false])[FigureName.Aurc].Value, second = Two(tied, [false, true, true, false])[FigureName.Aurc].Value;
        Assert.Equal(first, second, 15);

        // Over the three places of the wrong one among the tied: (1 + 1/2 + 1/3, 0 + 1/2 + 1/3, 0 + 0 + 1/3) / 3, then 2/4.
        Assert.Equal((((1 + 0.5 + (1.0 / 3)) + (0.5 + (1.0 / 3)) + (1.0 / 3)) / 3 / 4) + (0.5 / 4), first, 12);
    }

    /// <summary>verified_calibration and TorchUncertainty: the debiased squared error is cut off at 0, which biases it again. Ours keeps its sign.</summary>
    [Fact]
    public void VerifiedCalibration_DebiasedErrorIsCutOffAtZero()
    {
        double[] confidence = [.. Enumerable.Repeat(0.75, 40)];
        bool[] right = [.. Enumerable.Range(0, 40).Select(i => i % 4 != 0)];
        Assert.Equal(-0.75 * 0.25 / 39, Two(confidence, right)[FigureName.L2DebiasedSquared].Value, 12);
    }

    private static EvaluationOptions Plain => new() { BootstrapDraws = 0, NullDraws = 0 };

    /// <summary>Two classes, the first predicted with the given confidence, above one half.</summary>
    private static ModelEvaluation Two(double[] confidence, bool[] right, EvaluationOptions? options = null) => Evaluator.Evaluate(
        new Probabilities([.. confidence.SelectMany(p => new[] { p, 1 - p })], 2), new Labels([.. right.Select(r => r ? 0 : 1)], ["a", "b"]),
        options: options ?? Plain, cancellationToken: TestContext.Current.CancellationToken);
}
