using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Tests.Evaluation.Metrics;

public class MatchedIntervalTests
{
    private const int Draws = 400;

    [Fact]
    public void Norms_AreOfTheGapsScaledToWhatWasSeen()
    {
        var gaps = new ScaledGaps([2, 0, -2], [0.5, 0.25, -0.25], 2);
        Assert.Equal([0, 0.125, 0.25, 0.375, 0.5, 0.75, 1, 1.5], gaps.With([0, 0, 0]));

        // At f = 1 the gaps are 0.5, 0 and −0.5.
        Assert.Equal((0.75 + 0.125 + 0.25) / 2, gaps.With([0.25, 0.125, 0.25])[4]);
    }

    [Fact]
    public void Uneven_TakesHalfOfGapsThatAreChance_Even_MakesThemAlike()
    {
        double[] gaps = [0.1, -0.1, 10], errors = [1, 1, 0.1];
        double[] uneven = GapProfile.Uneven(gaps, errors);
        Assert.Equal(0.05, uneven[0], 12);
        Assert.Equal(-0.05, uneven[1], 12);
        Assert.InRange(uneven[2], 9.98, 10);
        double[] even = GapProfile.Even([1, -2, 1.5, 0], [1, 1, 1, 0]);
        Assert.Equal([1.5, -1.5, 1.5, 0], even);
    }

    /// <summary>Gaps of one size in forty cells with noise of one size: the interval holds Σ |gap| in about 95 of 100 samples, and where
    /// there is no gap, as often as the verdict is right.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(4)]
    public void Interval_HoldsTheTruth(double gap)
    {
        const int Cells = 40, Samples = 300;
        var rng = new Rng(5);
        double[] errors = [.. Enumerable.Repeat(1.0, Cells)];
        int held = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            double[] seen = [.. Enumerable.Range(0, Cells).Select(_ => gap + rng.NextNormal())];
            double value = seen.Sum(Math.Abs);
            double[][] noise = [.. Enumerable.Range(0, Draws).Select(_ => errors.Select(_ => rng.NextNormal()).ToArray())];
            ScaledGaps low = new(GapProfile.Uneven(seen, errors), seen, 1000), high = new(GapProfile.Even(seen, errors), seen, 1000);
            CalibratedNull? none = CalibratedNull.Compute([.. noise.Select(draw => draw.Sum(Math.Abs) / 1000)]);
            Interval interval =
                MatchedInterval.Compute(value
                / 1000, [.. noise.Select(draw => low.With(draw))], [.. noise.Select(draw => high.With(draw))], 0, 1, none);
            Assert.InRange(value / 1000, interval.Low, interval.High);
            Assert.Equal(value / 1000 > none!.Value.P95, interval.Low > 0);
            held += interval.Low <= gap * Cells / 1000 && gap * Cells / 1000 <= interval.High ? 1 : 0;
        }

        // 95 of 100, less 4 standard deviations.
        Assert.InRange(held, 270, Samples);
    }

    [Fact]
    public void WithoutNoise_TheIntervalIsTheValue()
    {
        double[][] norms = [.. Enumerable.Repeat(new ScaledGaps([1, 3], [0.1, 0.3]).With([0, 0]), 2)];
        Interval interval = MatchedInterval.Compute(0.4, norms, norms, 0, 1, new CalibratedNull(0, 0, 0, 0));
        Assert.Equal(0.4, interval.Low, 12);
        Assert.Equal(0.4, interval.High, 12);
    }
}
