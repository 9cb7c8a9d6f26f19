using Credence.Calibration;
using Credence.Calibration.OneVsRest;
using Credence.Calibration.Scaling;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Tests.Support;

namespace Credence.Tests.TrustConformance;

/// <summary>Faults in fitting calibrators, each with the right answer.</summary>
public sealed class CalibrationConformanceTests
{
    [Fact]
    [Conformance(
        "Calibration",
        "netcal, temperature by maximum likelihood",
        "finite differences of 1.5e-8 on float32 scores have gradient 0, so T = 1 is returned unfitted",
        "float scores are widened and the derivative is analytic: T = 1.111146 on the same file")]
    public void TemperatureOfFloatScores_IsFitted()
    {
        NpzScores scores = NpzScores.Load("wideresnet-16-4-cifar-100");
        double temperature = TemperatureScaling.Fit(Logits.FromProbabilities(scores.Probabilities), scores.Labels).Temperature;
        Assert.Equal(1.111146, temperature, 5e-7);
    }

    [Fact]
    [Conformance(
        "Calibration",
        "temperature_scaling, AutoGluon",
        "a step of the optimiser leaves T below 0, which turns every ranking round",
        "T is fitted in its logarithm, |ln T| ≤ 10, so that it is positive even where the scores are reversed")]
    public void TemperatureOfReversedScores_IsPositive()
    {
        var logits = new Logits([0, 3, 0, 4, 5, 0, 6, 0], 2);
        double temperature = TemperatureScaling.Fit(logits, new Labels([0, 0, 1, 1], ["a", "b"])).Temperature;
        Assert.InRange(temperature, 1, 22027);
    }

    [Fact]
    [Conformance(
        "Calibration",
        "scikit-learn 1.8, temperature",
        "whether a row is logits or probabilities is guessed from each batch, so logits that happen to lie in [0, 1] and sum to 1 "
            + "are read as probabilities",
        "logits and probabilities are types; the logits (0.3, 0.7) have the softmax (0.401, 0.599)")]
    public void LogitsThatLookLikeProbabilities_StayLogits()
    {
        Probabilities probabilities = new IdentityCalibrator(2).Apply(new Logits([0.3, 0.7], 2));
        Assert.Equal(0.401312339887548, probabilities.Row(0)[0], 1e-12);
    }

    [Fact]
    [Conformance(
        "Calibration",
        "abstention, bias-corrected temperature",
        "exp is taken of unshifted scores, which overflows above 709",
        "every row is shifted by its own maximum, so a constant of 10,000 added to a row changes nothing")]
    public void LargeLogits_GiveTheSameFit()
    {
        SimulatedScores scores = SimulatedScores.Draw(400, 3, 5, 0.5);
        var moved = new Logits([.. scores.Logits.Values.ToArray().Select(z => z + 10_000)], 3);
        Assert.Equal(
            BiasCorrectedTemperatureScaling.Fit(scores.Logits, scores.Labels).Temperature,
            BiasCorrectedTemperatureScaling.Fit(moved, scores.Labels).Temperature,
            1e-8);
    }

    [Fact]
    [Conformance(
        "Calibration",
        "probmetrics, structured scaling",
        "binary or multiclass is decided by the number of classes present, so two classes present of many is an error",
        "the number of classes is that of the columns; every method fits rows of two classes of ten and stays finite")]
    public void TwoClassesPresentOfTen_AreFitted()
    {
        SimulatedScores scores = SimulatedScores.Draw(300, 10, 7, 0.5);
        int[] rows = [.. Enumerable.Range(0, 300).Where(row => scores.Labels[row] < 2)];
        foreach (CalibrationMethod method in CalibrationMethods.For(10, rows.Length))
        {
            Probabilities probabilities =
                method.Fit(scores.Logits.Select(rows), scores.Labels.Select(rows), cancellationToken: TestContext.Current.CancellationToken)
                .Apply(scores.Logits);
            foreach (double p in probabilities.Values)
                Assert.True(p is > 0 and <= 1, $"{method.Name} gives {p}");
        }
    }

    [Fact]
    [Conformance(
        "Calibration",
        "ML.NET, isotonic calibration",
        "the least step from 1, 1 − 1e-15f, is 1.0f, so probability 1 is returned and one error costs an infinite loss",
        "a share 1/(n + 1) of the uniform distribution is mixed in, in double: no probability is 0 or 1")]
    public void Isotonic_IsNeverCertain()
    {
        double[] logits = [.. Enumerable.Range(-50, 100).SelectMany(i => (double[])[0, i + 0.5])];
        var labels = new Labels([.. Enumerable.Range(-50, 100).Select(i => i < 0 ? 0 : 1)], ["no", "yes"]);
        Probabilities p = IsotonicCalibration.Fit(new Logits(logits, 2), labels, cancellationToken: TestContext.Current.CancellationToken)
            .Apply(new Logits([0, -1000, 0, 1000], 2));
        Assert.Equal(0.5 / 101, p.Row(0)[1], 1e-12);
        Assert.Equal(0.5 / 101, p.Row(1)[0], 1e-12);
    }

    [Fact]
    [Conformance(
        "Calibration",
        "ML.NET, naive calibration; netcal, histogram binning",
        "an empty bin says 0, or the rows are scaled over the classes by a sum of 0, which gives NaN",
        "bins hold equally many rows with ties together, so none is empty; a row that every map calls impossible keeps its softmax")]
    public void Histogram_HasNoEmptyBin()
    {
        SimulatedScores scores = SimulatedScores.Draw(200, 4, 3);
        OneVsRestCalibrator histogram =
            HistogramBinning.Fit(scores.Logits, scores.Labels, cancellationToken: TestContext.Current.CancellationToken);
        foreach (double p in histogram.Apply(new Logits([0, 0, 0, 0, 300, 0, 0, 0, -5, 5, 9, 2], 4)).Values)
            Assert.True(p is > 0 and < 1, $"{p}");
    }

    [Fact]
    [Conformance(
        "Calibration",
        "scikit-learn, isotonic regression before 0.22",
        "the weights of tied scores were averaged, not summed",
        "tied scores are one point with the sum of their weights, whatever order they come in")]
    public void TiedScores_WeighTheirSum()
    {
        // Three rows at 0, one of the class; one row at 1 not of the class: pooled they are 1 of 4.
        var logits = new Logits([0, 0, 0, 0, 0, 0, 0, 1], 2);
        Probabilities p = IsotonicCalibration.Fit(
            logits, new Labels([1, 0, 0, 0], ["no", "yes"]), floored: false, cancellationToken: TestContext.Current.CancellationToken)
                .Apply(logits);
        for (int row = 0; row < 4; row++)
            Assert.Equal(0.25, p.Row(row)[1], 1e-12);
    }

    [Fact]
    [Conformance(
        "Calibration",
        "netcal, abstention: vector scaling; Platt scaling of a reversed score",
        "a negative weight turns a class's ranking round without a word",
        "Platt's and the beta curve's slopes are 0 or more; where a scale of vector scaling would be negative, all classes share one")]
    public void AReversedScore_IsNotTurnedRound()
    {
        SimulatedScores scores = SimulatedScores.Draw(500, 2, 3);
        var reversed = new Logits([.. scores.Logits.Values.ToArray().Select(z => -z)], 2);
        Probabilities p = PlattScaling.Fit(reversed, scores.Labels, cancellationToken: TestContext.Current.CancellationToken)
            .Apply(reversed);
        Assert.Equal(p.Row(0)[0], p.Row(1)[0], 1e-12);
        VectorScaling vector = VectorScaling.Fit(reversed, scores.Labels, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(vector.Scales[0] > 0);
        Assert.Equal(vector.Scales[0], vector.Scales[1]);
    }

    [Fact]
    [Conformance(
        "Calibration",
        "choosing by stratified folds",
        "folds that each hold every class's exact share let a bias that learned the sample's shares by heart win: noise labels chose "
            + "biases every time",
        "folds are dealt by chance; on rows whose labels are noise the choice is a temperature or nothing")]
    public void NoiseLabels_ChooseNoBias()
    {
        SimulatedScores scores = SimulatedScores.Draw(600, 20, 3);
        var noise = new Labels([.. Enumerable.Range(0, 600).Select(row => (int)(Credence.Conformal.RowKey.Of(row) % 20))],
            scores.Labels.Names);
        CalibratorSelection selection =
            CalibratorSelection.Choose(scores.Logits, noise, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("temperature", selection.Calibrator.Method);
    }
}
