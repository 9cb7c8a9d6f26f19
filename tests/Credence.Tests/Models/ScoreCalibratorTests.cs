using Credence.Calibration;
using Credence.Calibration.Scaling;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Tests.Support;

namespace Credence.Tests.Models;

/// <summary>Scores in memory, calibrated and predicted.</summary>
public class ScoreCalibratorTests
{
    [Fact]
    public void ScoresInMemory_OfEveryShape_AreTheSame()
    {
        double[] values = [2, 1, 0.5, -1, 3, 0.25];
        float[] floats = [2, 1, 0.5f, -1, 3, 0.25f];
        Logits[] all =
        [
            new(values, 3), Logits.From(floats, 3), Logits.From(values.AsSpan(), 3), Logits.From([[2, 1, 0.5f], [-1, 3, 0.25f]]),
            Logits.From(new double[,] { { 2, 1, 0.5 }, { -1, 3, 0.25 } }), Logits.From(new float[,] { { 2, 1, 0.5f }, { -1, 3, 0.25f } }),
        ];

        Assert.All(all, logits =>
        {
            Assert.Equal((2, 3), (logits.Rows, logits.Classes));
            Assert.Equal(values, logits.Values.ToArray());
        });
        Assert.Equal([0.25, 0.75], Probabilities.From(new float[,] { { 0.25f, 0.75f } }).Values.ToArray());
        Assert.Throws<ArgumentException>(() => Logits.From(floats, 4));
        Assert.Throws<ArgumentException>(() => Logits.From([[1, 2], [3]]));
    }

    [Fact]
    public void ACalibratorOfOnesOwn_IsNamedSavedAndPredicts()
    {
        SimulatedScores source = SimulatedScores.Draw(500, 3, seed: 8);
        TemperatureScaling temperature = TemperatureScaling.Fit(source.Logits, source.Labels);

        var named = new ScoreCalibrator(temperature, ["ant", "bee", "cat"], facts: new() { Data = "500 rows", CalibrationRows = 500 });
        var back = (ScoreCalibrator)ModelFile.FromBytes(ModelFile.ToBytes(named));

        Assert.Equal(temperature.Apply(source.Logits).Values.ToArray(), back.Apply(source.Logits).Values.ToArray());
        Assert.Equal("500 rows", back.Facts.Data);
        Prediction one = back.PredictOne([9f, 0f, -2f], new() { Top = 2 });
        Assert.Equal("ant", one.Label);
        Assert.Equal(temperature.Apply(new Logits([9, 0, -2], 3)).Row(0)[0], one.Probability);
        Assert.Throws<ArgumentException>(() => new ScoreCalibrator(temperature, ["ant", "bee"]));
        Assert.Throws<ArgumentException>(() => new ScoreCalibrator(temperature, ["ant", "ant", "bee"]));
        Assert.Throws<ArgumentException>(() => back.PredictOne([1f, 2f]));
        Assert.Throws<ArgumentException>(() => back.Apply(new Probabilities([0.2, 0.3, 0.5], 3)));
        Assert.Throws<ArgumentNullException>(() => new ScoreCalibrator(null!, ["a"]));
    }

    [Fact]
    public void ScoresInMemory_AreCalibratedAsSavedOnesAre()
    {
        SimulatedScores source = SimulatedScores.Draw(800, 3, seed: 9);
        var calibration = new ScoreCalibration(new() { Description = "logits of my network" });

        ScoreCalibrator ofLogits = calibration.Fit(source.Logits, source.Labels).Calibrator;
        ScoreCalibrator ofValues = calibration.Fit(ScoreKind.Logits, [.. source.Logits.Values], source.Labels).Calibrator;

        Assert.Equal(ModelFile.ToBytes(ofValues), ModelFile.ToBytes(ofLogits));
        Assert.Equal("logits of my network", ofLogits.Facts.Data);
        Assert.True(ofLogits.Facts.TestMetrics["log_loss"] > 0);
        IReadOnlyList<Prediction> all = ofLogits.Predict([.. source.Logits.Values], new() { Alpha = 0.05 });
        Assert.Equal(all[5].Set, ofLogits.PredictOne(source.Logits.Row(5), new() { Alpha = 0.05 }).Set);
        Assert.Equal(all.Select(one => one.Probability), ofLogits.PredictorFor().Predict(ofLogits.Apply(source.Logits))
            .Select(one => one.Probability));
    }

    [Fact]
    public void Sets_TakeAKeyOnlyWhereTheRuleDraws()
    {
        SimulatedScores source = SimulatedScores.Draw(500, 3, seed: 8);
        Probabilities p = new IdentityCalibrator(3).Apply(source.Logits);
        ConformalClassifier plain = ConformalClassifier.Fit(p, source.Labels, new());
        ConformalClassifier drawn = ConformalClassifier.Fit(p, source.Labels, new() { Score = ConformalScore.Aps });

        Assert.False(plain.TakesKeys);
        Assert.Equal(plain.Set(p.Row(3), 77), plain.Set(p.Row(3)));
        Assert.Equal(plain.Sets(p, source.Keys), plain.Sets(p));
        Assert.True(drawn.TakesKeys);
        Assert.Contains("each row needs a key", Assert.Throws<ArgumentException>(() => drawn.Set(p.Row(3))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => drawn.Sets(p));
    }
}
