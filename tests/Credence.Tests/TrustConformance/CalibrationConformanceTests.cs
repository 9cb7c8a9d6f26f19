using Credence.Calibration;
using Credence.Data;
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
        "whether a row is logits or probabilities is guessed from each batch, so logits that happen to lie in [0, 1] and sum to 1 are read as probabilities",
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
            Probabilities probabilities = method.Fit(scores.Logits.Select(rows), scores.Labels.Select(rows), cancellationToken: TestContext.Current.CancellationToken).Apply(scores.Logits);
            foreach (double p in probabilities.Values)
                Assert.True(p is > 0 and <= 1, $"{method.Name} gives {p}");
        }
    }
}
