using Credence.Calibration;
using Credence.Calibration.Scaling;
using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Calibration.Selection;

public sealed class CalibratorSelectionTests
{
    /// <summary>Worse than a temperature by more than 0.002 is what a choice must not be; on rows enough to tell.</summary>
    [Theory]
    [InlineData(298, 2, 0.4)]
    [InlineData(298, 10, 0.4)]
    [InlineData(1000, 10, 0.4)]
    [InlineData(1000, 10, 2)]
    [InlineData(2000, 40, 0.3)]
    public void Choose_IsNoWorseThanATemperature(int rows, int classes, double temperature)
    {
        SimulatedScores fit = SimulatedScores.Draw(rows, classes, 3, temperature),
            test = SimulatedScores.Draw(4000, classes, 4, temperature);
        ICalibrator chosen = Choose(fit.Logits, fit.Labels).Calibrator;
        Assert.InRange(
            LogLoss(chosen.Apply(test.Logits), test.Labels)
                - LogLoss(TemperatureScaling.Fit(fit.Logits, fit.Labels).Apply(test.Logits), test.Labels),
            double.NegativeInfinity,
            0.002);
    }

    [Fact]
    public void Choose_FindsTheBiasesOfAShiftedPrior()
    {
        double[] prior = [0.02, 0.08, 0.9];
        SimulatedScores even = SimulatedScores.Draw(2000, 3, 1);
        SimulatedScores shifted = SimulatedScores.DrawLike(even, 3000, 2, prior);
        CalibratorSelection selection = Choose(shifted.Logits, shifted.Labels);
        CalibratorCandidate temperature = selection.Candidates.First(candidate => candidate.Method == "temperature");
        CalibratorCandidate chosen = selection.Candidates.First(candidate => candidate.Method == selection.Calibrator.Method);
        Assert.InRange(chosen.LogLoss, 0, temperature.LogLoss - 0.1);
        Assert.Contains("worse by", temperature.Remark, StringComparison.Ordinal);
    }

    /// <summary>Rows without an error let a temperature fall for ever, and then a single held-out error costs hundreds.</summary>
    [Fact]
    public void Choose_OfRowsHardlyEverWrong_KeepsEveryLossSmall()
    {
        SimulatedScores scores = SimulatedScores.Draw(120, 3, 12, 0.5);
        int[] right = [.. Enumerable.Range(0, 120).Where(row => Confidence.Top(scores.Probabilities.Row(row)) == scores.Labels[row])];
        var logits = new Logits([.. scores.Logits.Select(right).Values.ToArray(), 0, 9, 0], 3);
        var labels = new Labels([.. right.Select(row => scores.Labels[row]), 0], scores.Labels.Names);
        foreach (CalibratorCandidate candidate in Choose(logits, labels).Candidates)
            Assert.True(candidate.LogLoss is >= 0 and < 0.5, $"{candidate}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Choose_OfHardlyAnyRows_IsFinite(int rows)
    {
        SimulatedScores scores = SimulatedScores.Draw(rows, 4, 5, 0.2);
        foreach (double p in Choose(scores.Logits, scores.Labels).Calibrator.Apply(scores.Logits).Values)
            Assert.True(p is > 0 and <= 1, $"{p}");
    }

    [Fact]
    public void Choose_OfSaturatedScoresThatAreWrong_IsFinite()
    {
        // One-hot rows with the smallest float elsewhere, a fifth of them wrong.
        var rng = new Rng(9);
        var p = new double[600 * 5];
        var labels = new int[600];
        for (int row = 0; row < 600; row++)
        {
            labels[row] = row % 5;
            int top = rng.NextDouble() < 0.2 ? (row + 1) % 5 : row % 5;
            for (int k = 0; k < 5; k++)
                p[(row * 5) + k] = k == top ? 1 : 0;
        }

        Logits logits = Logits.FromProbabilities(new Probabilities(p, 5), 1.1754943508222875e-38);
        var truth = new Labels(labels, ["a", "b", "c", "d", "e"]);
        CalibratorSelection selection = Choose(logits, truth);
        Assert.InRange(LogLoss(selection.CrossFitted(), truth), 0.4, 0.9);
    }

    [Fact]
    public void Choose_OfLabelsThatAreNoise_StaysNearTheClassesShares()
    {
        SimulatedScores scores = SimulatedScores.Draw(1000, 5, 5);
        var noise = new Labels([.. Enumerable.Range(0, 1000).Select(row => (int)(RowKey.Of(row) % 5))], scores.Labels.Names);
        Assert.InRange(LogLoss(Choose(scores.Logits, noise).CrossFitted(), noise), 1.59, 1.63);
    }

    [Fact]
    public void Fit_OfAnyMethod_HasTheSameBitsOnAnyNumberOfThreads()
    {
        SimulatedScores scores = SimulatedScores.Draw(1500, 12, 8, 0.5);
        foreach (CalibrationMethod method in CalibrationMethods.All)
        {
            if (method.Name == "matrix")
                continue;

            double[] one = method.Fit(scores.Logits, scores.Labels, default, 1, TestContext.Current.CancellationToken)
                .Apply(scores.Logits, 1).Values.ToArray();
            foreach (int maxThreads in (int[])[2, 3, 8])
                Assert.Equal(one, method.Fit(scores.Logits, scores.Labels, default, maxThreads, TestContext.Current.CancellationToken)
                    .Apply(scores.Logits, maxThreads).Values.ToArray());
        }
    }

    private static CalibratorSelection Choose(Logits logits, Labels labels) =>
        CalibratorSelection.Choose(logits, labels, cancellationToken: TestContext.Current.CancellationToken);

    private static double LogLoss(Probabilities probabilities, Labels labels)
    {
        double sum = 0;
        for (int row = 0; row < labels.Count; row++)
            sum -= Log.Compute(probabilities.Row(row)[labels[row]]);

        return sum / labels.Count;
    }
}
