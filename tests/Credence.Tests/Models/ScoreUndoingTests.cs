using Credence.Data;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Models;

/// <summary>Scores that were turned round, or went through softmax twice, are found and undone; others are left alone.</summary>
public class ScoreUndoingTests
{
    private static readonly SimulatedScores Source = SimulatedScores.Draw(1000, 3, seed: 21, temperature: 0.7);
    private static readonly SimulatedScores Fresh = SimulatedScores.Draw(1000, 3, seed: 22, temperature: 0.7);

    /// <summary>Undone, the scores are what they were before, so that the calibrator gives what it gives of those.</summary>
    [Theory]
    [InlineData("second softmax", ScoreKind.Probabilities)]
    [InlineData("probabilities as logits", ScoreKind.Logits)]
    [InlineData("probabilities as logits, a constant per row", ScoreKind.Logits)]
    [InlineData("negated logits", ScoreKind.Logits)]
    [InlineData("negated probabilities", ScoreKind.Logits)]
    [InlineData("negated log-probabilities", ScoreKind.Logits)]
    [InlineData("one less the probability", ScoreKind.Probabilities)]
    public void WhatWasDone_IsUndone_AtFittingAndAtPrediction(string what, ScoreKind kind)
    {
        ScoreCalibrationFit plain = Fit(ScoreKind.Probabilities, [.. Source.Probabilities.Values], Source.Labels);
        ScoreCalibrationFit fit = Fit(kind, Spoilt(what, Source), Source.Labels);

        Assert.Null(plain.Undoing);
        Assert.NotNull(fit.Undoing);
        Assert.Contains(fit.Notes, note => note.StartsWith(fit.Undoing.Text, StringComparison.Ordinal));
        Assert.Equal(plain.Evaluation.Calibrated["log_loss"].Value, fit.Evaluation.Calibrated["log_loss"].Value, 0.002);
        Assert.Equal(plain.Evaluation.Calibrated["accuracy"].Value, fit.Evaluation.Calibrated["accuracy"].Value, 0.002);

        var back = (ScoreCalibrator)ModelFile.FromBytes(ModelFile.ToBytes(fit.Calibrator));
        double[] expected = [.. plain.Calibrator.Apply([.. Fresh.Probabilities.Values]).Values];
        Assert.Equal(expected, back.Apply(Spoilt(what, Fresh)).Values.ToArray(), (one, other) => Math.Abs(one - other) < 0.01);
    }

    /// <summary>Two classes whose columns changed places.</summary>
    [Fact]
    public void TwoColumnsThatChangedPlaces_AreTurnedRound()
    {
        SimulatedScores two = SimulatedScores.Draw(300, 2, seed: 5);
        double[] turned = [.. two.Probabilities.Values.ToArray().Select(p => 1 - p)];
        ScoreCalibrationFit fit = Fit(ScoreKind.Probabilities, turned, two.Labels);

        Assert.True(fit.Undoing!.IsNegated);
        Assert.False(fit.Undoing.IsSecondSoftmax);
        Assert.Equal(
            fit.Evaluation.Uncalibrated["accuracy"].Value, 1 - fit.Evaluation.Calibrated["accuracy"].Value, 1e-9);
    }

    [Theory]
    [InlineData("as they are")]
    [InlineData("unsure")]
    [InlineData("chance")]
    [InlineData("biased towards the rare class")]
    [InlineData("columns in another order")]
    [InlineData("few rows")]
    public void ScoresWithoutStrongEvidence_AreLeftAlone(string what)
    {
        double[] logits = [.. Source.Logits.Values];
        Labels labels = Source.Labels;
        var rng = new Rng(4);
        switch (what)
        {
            case "unsure":
                logits = [.. logits.Select(z => z / 20)];
                break;
            case "chance":
                logits = [.. logits.Select(_ => rng.NextNormal())];
                break;
            case "biased towards the rare class":
                // Nearly every row is given to a class of few rows, though these have higher scores for it.
                labels = new Labels([.. Enumerable.Range(0, 1000).Select(row => row % 20 == 0 ? 2 : row % 2)], labels.Names);
                logits = [.. Enumerable.Range(0, 3000)
                    .Select(i => rng.NextNormal() + (labels[i / 3] == i % 3 ? 2 : 0) + (i % 3 == 2 ? 6 : 0))];
                break;
            case "columns in another order":
                logits = [.. Enumerable.Range(0, 3000).Select(i => Source.Logits.Values[(i / 3 * 3) + ((i + 1) % 3)])];
                break;
            case "few rows":
                (logits, labels) = ([.. logits.Take(30).Select(z => -z)], labels.Select([.. Enumerable.Range(0, 10)]));
                break;
        }

        Assert.Null(Fit(ScoreKind.Logits, logits, labels).Undoing);
    }

    [Fact]
    public void AsGiven_UndoesNothing() =>
        Assert.Null(new ScoreCalibration(new() { AsGiven = true, Selection = new() { Methods = ["temperature"] } })
            .Fit(ScoreKind.Logits, Spoilt("negated logits", Source), Source.Labels).Undoing);

    private static ScoreCalibrationFit Fit(ScoreKind kind, double[] scores, Labels labels) =>
        new ScoreCalibration(new()
        {
            Selection = new() { Methods = ["temperature"] },
            Evaluation = new() { BootstrapDraws = 0, NullDraws = 0 },
        }).Fit(kind, scores, labels);

    private static double[] Spoilt(string what, SimulatedScores scores)
    {
        double[] p = [.. scores.Probabilities.Values], z = [.. scores.Logits.Values];
        var twice = new double[p.Length];
        Softmax.ForwardRows(p, 3, twice);
        return what switch
        {
            "second softmax" => twice,
            "probabilities as logits" => p,
            "probabilities as logits, a constant per row" => [.. p.Select((value, i) => value + (i / 3 % 7))],
            "negated logits" => [.. z.Select(value => -value)],
            "negated probabilities" => [.. p.Select(value => -value)],
            "negated log-probabilities" => [.. p.Select(value => -Log.Compute(value))],
            _ => [.. p.Select(value => (1 - value) / 2)],
        };
    }
}
