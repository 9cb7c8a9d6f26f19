using System.Text.Json.Nodes;
using Credence.Calibration;
using Credence.Calibration.OneVsRest;
using Credence.Calibration.Scaling;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Calibration.OneVsRest;

/// <summary>Maps of one class against the rest, and what holds for every method there is.</summary>
public sealed class OneVsRestCalibratorTests
{
    /// <summary>tools/golden/calibration_maps.py.</summary>
    [Fact]
    public void PlattAndBeta_GiveTheKnownCoefficients()
    {
        (Logits logits, Labels labels) = Waves();
        JsonObject platt = PlattScaling.Fit(logits, labels).Save(new NamedTensors(), "");
        Assert.Equal(0.6247486, Number(platt, "a"), 1e-6);
        Assert.Equal(0.00896368, Number(platt, "c"), 1e-6);

        JsonObject beta = BetaCalibration.Fit(logits, labels).Save(new NamedTensors(), "");
        Assert.Equal(0.52940205, Number(beta, "a"), 1e-6);
        Assert.Equal(0.73994228, Number(beta, "b"), 1e-6);
        Assert.Equal(-0.21511031, Number(beta, "c"), 1e-6);

        static double Number(JsonObject saved, string name) => saved["maps"]![0]![name]!.GetValue<double>();
    }

    [Theory]
    [InlineData("platt")]
    [InlineData("beta")]
    [InlineData("scaling-binning")]
    [InlineData("isotonic")]
    [InlineData("centred-isotonic")]
    [InlineData("venn-abers")]
    public void Apply_OfTwoClasses_NeverFalls(string name)
    {
        (Logits logits, Labels labels) = Waves();
        foreach (double sign in (double[])[1, -1])
        {
            // Turned round, the scores are worse than chance; the order is still kept.
            var turned = new Logits([.. logits.Values.ToArray().Select(z => z * sign)], 2);
            ICalibrator calibrator =
                CalibrationMethods.Find(name)!.Fit(turned, labels, cancellationToken: TestContext.Current.CancellationToken);
            double[] grid = [.. Enumerable.Range(0, 2001).SelectMany(i => (double[])[0, (i - 1000) / 200.0])];
            Probabilities p = calibrator.Apply(new Logits(grid, 2));
            for (int row = 1; row < p.Rows; row++)
                Assert.True(p.Row(row)[1] >= p.Row(row - 1)[1], $"{name} falls at {grid[(2 * row) + 1]}");
        }
    }

    /// <summary>Each p₀ and p₁ against an isotonic regression with the row really added.</summary>
    [Fact]
    public void VennAbers_IsTwoIsotonicFitsWithTheRowAdded()
    {
        SimulatedScores scores = SimulatedScores.Draw(60, 2, 3);
        var rounded = new Logits([.. scores.Logits.Values.ToArray().Select(z => Math.Round(z))], 2);
        OneVsRestCalibrator calibrator =
            VennAbersCalibration.Fit(rounded, scores.Labels, cancellationToken: TestContext.Current.CancellationToken);
        var tests = new Logits([.. Enumerable.Range(-16, 33).SelectMany(i => (double[])[0, i / 2.0])], 2);
        (double Low, double High)[] intervals = VennAbersCalibration.Intervals(calibrator, tests);
        Probabilities p = calibrator.Apply(tests);
        for (int row = 0; row < tests.Rows; row++)
        {
            double[] added = [.. (int[])[0, 1]];
            for (int label = 0; label < 2; label++)
            {
                var more = new Logits([.. rounded.Values, .. tests.Row(row)], 2);
                OneVsRestCalibrator isotonic = IsotonicCalibration.Fit(
                    more, new Labels([.. scores.Labels.Indices, label], scores.Labels.Names), floored: false,
                        cancellationToken: TestContext.Current.CancellationToken);
                added[label] = isotonic.Apply(new Logits(tests.Row(row).ToArray(), 2)).Row(0)[1];
            }

            (double low, double high) = intervals[(2 * row) + 1];
            Assert.Equal(added[0], low, 1e-12);
            Assert.Equal(added[1], high, 1e-12);
            Assert.Equal(high / (1 - low + high), p.Row(row)[1], 1e-12);
        }
    }

    [Fact]
    public void Load_GivesBackWhatWasSaved_OfEveryMethod()
    {
        SimulatedScores scores = SimulatedScores.Draw(400, 4, 6, 0.5);
        SimulatedScores two = SimulatedScores.Draw(400, 2, 6, 0.5);
        foreach (CalibrationMethod method in CalibrationMethods.All)
        {
            foreach (SimulatedScores fit in (SimulatedScores[])[scores, two])
            {
                ICalibrator calibrator = method.Fit(fit.Logits, fit.Labels, cancellationToken: TestContext.Current.CancellationToken);
                var tensors = new NamedTensors();
                JsonObject saved = JsonNode.Parse(calibrator.Save(tensors, "c.").ToJsonString())!.AsObject();
                ICalibrator loaded = Calibrators.Load(saved, tensors, "c.");
                Assert.Equal(calibrator.Apply(fit.Logits).Values.ToArray(), loaded.Apply(fit.Logits).Values.ToArray());
                Assert.Equal(method.Name, loaded.Method);
                saved.Remove("classes");
                Assert.Throws<InvalidDataException>(() => Calibrators.Load(saved, tensors, "c."));
            }
        }
    }

    /// <summary>A weight of 2 is the row twice, for maps without a prior or a floor that depends on the number of rows.</summary>
    [Fact]
    public void Fit_WithWeights_IsFitOfRowsRepeated()
    {
        SimulatedScores scores = SimulatedScores.Draw(300, 3, 4, 0.6);
        double[] weights = [.. Enumerable.Range(0, 300).Select(row => (double)(row % 3))];
        int[] repeated = [.. Enumerable.Range(0, 300).SelectMany(row => Enumerable.Repeat(row, row % 3))];
        foreach (string name in (string[])["temperature", "bias-corrected-temperature", "vector", "platt", "beta", "venn-abers"])
        {
            CalibrationMethod method = CalibrationMethods.Find(name)!;
            double[] weighted = method.Fit(scores.Logits, scores.Labels, weights, cancellationToken: TestContext.Current.CancellationToken)
                .Apply(scores.Logits).Values.ToArray();
            double[] many = method.Fit(scores.Logits.Select(repeated), scores.Labels.Select(repeated),
                cancellationToken: TestContext.Current.CancellationToken).Apply(scores.Logits).Values.ToArray();
            for (int i = 0; i < many.Length; i++)
                Assert.Equal(many[i], weighted[i], 2e-5);
        }
    }

    [Fact]
    public void Fit_OfHostileRows_IsFiniteOrRefused()
    {
        string[] names = ["a", "b", "c"];
        (Logits Logits, Labels Labels)[] hostile =
        [
            (new Logits([1, 2, 3], 3), new Labels([1], names)),
            (new Logits([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 3), new Labels([0, 1, 2, 0], names)),
            (new Logits([5, 0, 0, 5, 0, 0, 5, 0, 0], 3), new Labels([0, 0, 0], names)),
            (new Logits([0, double.NegativeInfinity, double.NegativeInfinity, 0, double.NegativeInfinity, 1, 0, 0, 0], 3),
                new Labels([0, 2, 1], names)),
            (new Logits([1e300, 0, -1e300, 0, 1e300, 0, 1e-300, 0, 0], 3), new Labels([0, 1, 2], names)),
        ];
        foreach (CalibrationMethod method in CalibrationMethods.All)
        {
            for (int h = 0; h < hostile.Length; h++)
            {
                Probabilities p = method.Fit(hostile[h].Logits, hostile[h].Labels, cancellationToken: TestContext.Current.CancellationToken)
                    .Apply(hostile[h].Logits);
                for (int row = 0; row < p.Rows; row++)
                {
                    double sum = 0;
                    foreach (double value in p.Row(row))
                    {
                        Assert.True(value is >= 0 and <= 1, $"{method.Name} gives {value} for set {h} row {row}");
                        sum += value;
                    }

                    Assert.True(Math.Abs(sum - 1) < 1e-9, $"{method.Name} sums to {sum} for set {h} row {row}");
                }
            }

            Assert.Throws<ArgumentException>(() => method.Fit(new Logits([double.NaN, 0, 0], 3), new Labels([0], names)));
            Assert.Throws<ArgumentException>(() => method.Fit(new Logits([double.PositiveInfinity, 0, 0], 3), new Labels([0], names)));
            Assert.Throws<ArgumentException>(() => method.Fit(new Logits([1, 0, 0], 3), new Labels([Labels.Missing], names)));
            Assert.Throws<ArgumentException>(() => method.Fit(new Logits([1, 0, 0], 3), new Labels([0], names), [-1]));
        }
    }

    /// <summary>Two rows of two classes of three are told apart without an error, whatever the third class is given.</summary>
    [Fact]
    public void Fit_OfTwoRows_StaysNearTheScores()
    {
        var logits = new Logits([0.2, 0.1, 0.7, 0.5, 0.3, 0.2], 3);
        foreach (CalibrationMethod method in CalibrationMethods.All.Where(method =>
            method.Name is "temperature" or "bias-corrected-temperature" or "vector"))
        {
            Probabilities p = method.Fit(logits, new Labels([2, 0], ["a", "b", "c"]),
                cancellationToken: TestContext.Current.CancellationToken).Apply(logits);
            foreach (double value in p.Values)
                Assert.True(value is > 0.05 and < 0.8, $"{method.Name} gives {value}");
        }
    }

    [Fact]
    public void Apply_OfGroups_GivesAnUnseenGroupThePooledMap()
    {
        SimulatedScores sure = SimulatedScores.Draw(400, 3, 1, 0.3), unsure = SimulatedScores.Draw(400, 3, 2, 3);
        SimulatedScores both = SimulatedScores.Concatenate(sure, unsure);
        var groups = new Labels([.. Enumerable.Range(0, 800).Select(row => row < 400 ? 0 : 1)], ["sure", "unsure"]);
        GroupCalibrator calibrator = GroupCalibrator.Fit(
            CalibrationMethods.Find("temperature")!, both.Logits, both.Labels, groups,
                cancellationToken: TestContext.Current.CancellationToken);
        var tensors = new NamedTensors();
        GroupCalibrator loaded = GroupCalibrator.Load(calibrator.Save(tensors, ""), tensors, "");
        Logits rows = both.Logits.Select([0, 400, 5]);
        (Probabilities p, int pooled) = loaded.Apply(rows, ["sure", "unsure", "new"]);
        Assert.Equal(1, pooled);
        Assert.Equal(TemperatureScaling.Fit(sure.Logits, sure.Labels).Apply(rows).Row(0).ToArray(), p.Row(0).ToArray());
        Assert.Equal(TemperatureScaling.Fit(unsure.Logits, unsure.Labels).Apply(rows).Row(1).ToArray(), p.Row(1).ToArray());
        Assert.Equal(calibrator.Pooled.Apply(rows).Row(2).ToArray(), p.Row(2).ToArray());
    }

    private static (Logits Logits, Labels Labels) Waves()
    {
        var logits = new double[800];
        var labels = new int[400];
        for (int i = 1; i <= 400; i++)
        {
            logits[(2 * i) - 1] = 3 * Math.Sin(i);
            labels[i - 1] = Math.Cos(1.7 * i) < Math.Sin(i) + (0.3 * Math.Sin(5.3 * i)) ? 1 : 0;
        }

        return (new Logits(logits, 2), new Labels(labels, ["no", "yes"]));
    }
}
