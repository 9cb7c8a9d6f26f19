using Credence.Calibration.Selection;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Shift;
using Credence.Tests.Support;

namespace Credence.Tests.Models;

/// <summary>What a model decides once it has probabilities, as its file keeps it.</summary>
public class PredictorTests
{
    private static readonly SimulatedScores Source = SimulatedScores.Draw(3000, 3, seed: 3);

    [Fact]
    public void Policy_OfGuaranteedRisk_IsKeptInTheFile_AndUsed()
    {
        ScoreCalibrator back = Fitted(new PolicyOptions { Risk = new() { MaxRisk = 0.05 } });

        RiskBound risk = back.Policy!.Selective!.Risk!;
        SimulatedScores fresh = SimulatedScores.Draw(4000, 3, seed: 4);
        IReadOnlyList<Prediction> predictions = back.PredictorFor().Predict(back.Apply([.. fresh.Logits.Values]), fresh.Keys);
        int[] answered = [.. Enumerable.Range(0, 4000).Where(row => !predictions[row].Abstain)];
        Assert.InRange(answered.Length / 4000.0, risk.CoverageInterval.Low - 0.02, risk.CoverageInterval.High + 0.02);
        Assert.InRange(answered.Average(row => predictions[row].Label == $"c{fresh.Labels[row]}" ? 0.0 : 1), 0.02, 0.05);
        Assert.All(answered, row => Assert.True(predictions[row].Probability >= back.Policy.Selective.Threshold));
    }

    [Fact]
    public void Policy_OfCosts_TakesTheCheapestAction_WhateverTheOrderOfItsClasses()
    {
        // Taking c2 for another class costs 10, any other mistake 1.
        CostMatrix costs = new(["c2", "c0", "c1"], ["say c0", "say c1", "say c2", CostMatrix.Abstain],
            [1, 1, 0, 2, 0, 1, 10, 2, 1, 0, 10, 2]);
        ScoreCalibrator back = Fitted(new PolicyOptions { Costs = costs });

        Prediction torn = Assert.Single(back.PredictorFor().Predict(new Probabilities([0.1, 0.05, 0.85], 3), [1]));
        Prediction sure = Assert.Single(back.PredictorFor().Predict(new Probabilities([0.02, 0, 0.98], 3), [1]));

        Assert.Equal(("c2", "say c0"), (torn.Label, torn.Action));
        Assert.Equal(0.9, torn.ExpectedCost!.Value, 1e-12);
        Assert.Equal("say c2", sure.Action);
        Assert.Equal(0.2, sure.ExpectedCost!.Value, 1e-12);
    }

    [Fact]
    public void Policy_ThatNoThresholdKeeps_IsRefusedSayingWhatItTakes()
    {
        InvalidDataException error =
            Assert.Throws<InvalidDataException>(() => Fitted(new PolicyOptions { Risk = new() { MaxRisk = 0.0001 } }));
        Assert.Contains("29956", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PolicyOptions { Coverage = 0.5, Risk = new() }.Fit(Source.Probabilities, Source.Labels));
    }

    [Fact]
    public void PolicyFigures_AreCountedOnTheOtherHalf()
    {
        PolicyMetrics figures = PolicyMetrics.Halved(Source.Probabilities, Source.Labels, new PolicyOptions { Coverage = 0.6 }, 1)!;

        Assert.Equal(1500, figures.Rows);
        Assert.InRange(figures.AnsweredShare, 0.55, 0.65);
        Assert.InRange(figures.WrongShare, figures.WrongInterval.Low, figures.WrongInterval.High);
        Assert.Null(PolicyMetrics.Halved(Source.Probabilities, Source.Labels, new PolicyOptions { Risk = new() { MaxRisk = 0.0001 } }, 1));
    }

    [Fact]
    public void Prior_EstimatedFromTheRows_RestoresAccuracyAndCoverage_AndIsLeftAloneWithoutAShift()
    {
        ScoreCalibrator back = Fitted(new PolicyOptions());
        SimulatedScores shifted = SimulatedScores.DrawLike(Source, 4000, seed: 8, [0.88, 0.1, 0.02]);
        Probabilities p = back.Apply([.. shifted.Logits.Values]);
        var notes = new List<string>();

        IReadOnlyList<Prediction> plain = back.PredictorFor().Predict(p, shifted.Keys);
        IReadOnlyList<Prediction> weighed = back.PredictorFor(new() { EstimatesPrior = true }).Predict(p, shifted.Keys, notes: notes);
        IReadOnlyList<Prediction> known = back.PredictorFor(new() { Prior = [0.88, 0.1, 0.02] }).Predict(p, shifted.Keys);

        Assert.True(Right(weighed) > Right(plain) + 0.03);
        Assert.Equal(Right(known), Right(weighed), 0.01);
        // 4,000 rows, and 3,000 calibration rows that weigh as 1,290: a standard error of .0096, three times.
        Assert.InRange(Covered(weighed), 0.871, 0.929);
        Assert.Contains("have shifted", notes[0], StringComparison.Ordinal);
        Assert.Contains(notes, note => note.StartsWith("share of 'c0': 8", StringComparison.Ordinal));

        SimulatedScores same = SimulatedScores.Draw(2000, 3, seed: 9);
        Probabilities q = back.Apply([.. same.Logits.Values]);
        notes.Clear();
        Assert.Equal(
            back.PredictorFor().Predict(q, same.Keys).Select(one => one.Probability),
            back.PredictorFor(new() { EstimatesPrior = true }).Predict(q, same.Keys, notes: notes).Select(one => one.Probability));
        Assert.Contains("No shift", Assert.Single(notes), StringComparison.Ordinal);

        double Right(IReadOnlyList<Prediction> of) =>
            Enumerable.Range(0, 4000).Average(row => of[row].Label == $"c{shifted.Labels[row]}" ? 1.0 : 0);
        double Covered(IReadOnlyList<Prediction> of) =>
            Enumerable.Range(0, 4000).Average(row => of[row].Set!.Contains($"c{shifted.Labels[row]}") ? 1.0 : 0);
    }

    /// <summary>What the shares given leave of 1 goes to the other classes in proportion to their old shares.</summary>
    [Fact]
    public void Prior_OfSomeClasses_LeavesTheRestInProportion()
    {
        var shift = LabelShift.Fit(Source.Probabilities, Source.Labels);
        double rest = 1 - shift.SourcePrior[1];

        Assert.Equal(
            [0.95 * shift.SourcePrior[0] / rest, 0.05, 0.95 * shift.SourcePrior[2] / rest],
            shift.Known([double.NaN, 0.05, double.NaN]).Prior,
            (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal([0.75, 0.25, 0], shift.Known([0.75, 0.25, double.NaN]).Prior);
        Assert.Contains("sum to 1.2", Assert.Throws<ArgumentException>(() => shift.Known([0.7, 0.5, double.NaN])).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Under a prior the label is in its set, with files that keep calibration rows and with those that do not.</summary>
    [Fact]
    public void Prior_AndSets_Agree()
    {
        ScoreCalibrator back = Fitted(new PolicyOptions());
        Probabilities p = back.Apply([.. SimulatedScores.DrawLike(Source, 2000, seed: 12, [0.9, 0.05, 0.05]).Logits.Values]);
        ulong[] keys = SimulatedScores.Draw(2000, 3, seed: 12).Keys;
        IReadOnlyList<Prediction> all = back.PredictorFor(new() { Prior = [0.9, double.NaN, double.NaN] }).Predict(p, keys);

        Assert.True(back.Sets!.KeepsRows);
        Assert.All(all, one => Assert.True(one.Set is [] || one.Set![0] == one.Label));
    }

    [Theory]
    [InlineData("2 shares for 3 classes", 0.5, 0.5)]
    [InlineData("must be 0 or more", 0.5, -0.5, 1.0)]
    [InlineData("All shares are 0", 0.0, 0.0, 0.0)]
    public void Prior_ThatIsNone_IsRefused(string said, params double[] shares) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => LabelShift.Fit(Source.Probabilities, Source.Labels).Known(shares))
            .Message, StringComparison.Ordinal);

    private static ScoreCalibrator Fitted(PolicyOptions policy)
    {
        var options = new ScoreCalibrationOptions
        {
            Policy = policy,
            Selection = new CalibratorSelectionOptions { Methods = ["temperature"] },
            Evaluation = new() { BootstrapDraws = 0, NullDraws = 0 },
        };
        ScoreCalibrator calibrator = new ScoreCalibration(options).Fit(ScoreKind.Logits, [.. Source.Logits.Values], Source.Labels)
            .Calibrator;
        return (ScoreCalibrator)ModelFile.FromBytes(ModelFile.ToBytes(calibrator));
    }
}
