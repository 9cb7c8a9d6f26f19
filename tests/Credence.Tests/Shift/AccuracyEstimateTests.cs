using Credence.Data.Scores;
using Credence.OutOfDistribution;
using Credence.Shift;
using Credence.Tests.Support;

namespace Credence.Tests.Shift;

public class AccuracyEstimateTests
{
    [Fact]
    public void Interval_HoldsTheTrueShareOfRightRows_AboutAsOftenAsItSays_UnderAShiftToo()
    {
        int held = 0;
        const int draws = 200;
        for (ulong draw = 0; draw < draws; draw++)
        {
            SimulatedScores source = SimulatedScores.Draw(1500, 3, seed: 50 + (2 * draw));
            SimulatedScores target = draw % 2 == 0
                ? SimulatedScores.Draw(1000, 3, seed: 51 + (2 * draw))
                : SimulatedScores.DrawLike(source, 1000, seed: 51 + (2 * draw), [0.7, 0.2, 0.1]);

            var estimate = AccuracyEstimate.Compute(target.Probabilities, LabelShift.Fit(source.Probabilities, source.Labels));

            // Under a shift the estimate is of the accuracy after weighing.
            var decided = estimate.Shift.IsShifted ? estimate.Shift.Reweight(target.Probabilities) : target.Probabilities;
            double right = Enumerable.Range(0, 1000).Average(row => Confidence.Top(decided.Row(row)) == target.Labels[row] ? 1.0 : 0);
            held += right >= estimate.Interval.Low && right <= estimate.Interval.High ? 1 : 0;
        }

        // The calibration is exact here, so the interval, which allows for one that was learnt, holds more often than 95 %.
        Assert.InRange(held, 186, 200);
    }

    [Fact]
    public void Assumptions_AreToldOneByOne()
    {
        SimulatedScores source = SimulatedScores.Draw(2000, 3, seed: 1), odd = SimulatedScores.Draw(2000, 3, seed: 2, temperature: 8);
        var detector = OutlierDetector.Fit(LogitScorer.Fit(source.Logits, new() { Score = LogitScore.MaxProbability }),
            source.Logits.Values);
        var shares = LabelShift.Fit(source.Probabilities, source.Labels);

        AccuracyEstimate familiar =
            AccuracyEstimate.Compute(source.Probabilities, shares, detector,
            OutlierDetector.ScoreRows(detector.Scorer, source.Logits.Values));
        AccuracyEstimate strange =
            AccuracyEstimate.Compute(odd.Probabilities, shares, detector, OutlierDetector.ScoreRows(detector.Scorer, odd.Logits.Values));

        Assert.Equal([null, true, true], familiar.Assumptions.Select(assumption => assumption.Holds));
        Assert.Equal([null, true, false], strange.Assumptions.Select(assumption => assumption.Holds));
        Assert.Contains("can't be tested", familiar.Assumptions[0].Text, StringComparison.Ordinal);
        Assert.Null(AccuracyEstimate.Compute(odd.Probabilities, shares).Assumptions[2].Holds);
    }
}
