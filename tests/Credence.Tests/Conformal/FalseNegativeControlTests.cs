using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Tests.Conformal;

public sealed class FalseNegativeControlTests
{
    private const int Labels = 6;

    [Fact]
    public void InExpectation_TakesTheLargestThresholdThatTheFormulaAllows()
    {
        (double[] p, bool[] truth) = Draw(300, 1);
        double threshold = FalseNegativeControl.InExpectation(p, truth, Labels, 0.1)!.Value;
        Assert.True(((300 * Missed(p, truth, threshold)) + 1) / 301 <= 0.1);
        Assert.True(((300 * Missed(p, truth, Math.BitIncrement(threshold))) + 1) / 301 > 0.1);
    }

    /// <summary>Over 400 draws the mean share missed on rows to come is at most α; its standard error is about 0.001.</summary>
    [Fact]
    public void InExpectation_KeepsTheMeanRisk()
    {
        (double[] test, bool[] testTruth) = Draw(4000, 9999);
        double mean = 0;
        for (ulong draw = 0; draw < 400; draw++)
        {
            (double[] p, bool[] truth) = Draw(60, draw);
            mean += Missed(test, testTruth, FalseNegativeControl.InExpectation(p, truth, Labels, 0.15)!.Value) / 400;
        }

        Assert.InRange(mean, 0.10, 0.153);
    }

    [Fact]
    public void WithConfidence_BreaksItsPromiseInAtMostTheShareAllowed()
    {
        (double[] test, bool[] testTruth) = Draw(4000, 9999);
        int broken = 0;
        for (ulong draw = 0; draw < 200; draw++)
        {
            (double[] p, bool[] truth) = Draw(300, draw);
            double threshold = FalseNegativeControl.WithConfidence(p, truth, Labels, 0.15, 0.1)!.Value;
            Assert.True(threshold > 0.01);
            broken += Missed(test, testTruth, threshold) > 0.15 ? 1 : 0;
        }

        Assert.InRange(broken, 0, 20);
    }

    [Fact]
    public void TooFewRows_GiveNoThreshold_AndBadInputIsRefused()
    {
        (double[] p, bool[] truth) = Draw(8, 1);
        Assert.Null(FalseNegativeControl.InExpectation(p, truth, Labels, 0.1));
        Assert.Null(FalseNegativeControl.WithConfidence(p, truth, Labels, 0.1, 0.05));
        Assert.Throws<ArgumentException>(() => FalseNegativeControl.InExpectation([double.NaN], [true], 1, 0.1));
        Assert.Throws<ArgumentException>(() => FalseNegativeControl.InExpectation([0.5, 0.5, 0.5], [true, false, true], 2, 0.1));
        Assert.Throws<ArgumentException>(() => FalseNegativeControl.InExpectation(p, truth, Labels, 1));
        Assert.Equal(1, FalseNegativeControl.InExpectation(new double[60], new bool[60], 2, 0.1));
    }

    private static double Missed(double[] p, bool[] truth, double threshold)
    {
        int rows = p.Length / Labels;
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            int all = 0, missed = 0;
            for (int k = row * Labels; k < (row + 1) * Labels; k++)
            {
                all += truth[k] ? 1 : 0;
                missed += truth[k] && p[k] < threshold ? 1 : 0;
            }

            sum += all == 0 ? 0 : (double)missed / all;
        }

        return sum / rows;
    }

    private static (double[] Probabilities, bool[] Truth) Draw(int rows, ulong seed)
    {
        var rng = new Rng(seed);
        var p = new double[rows * Labels];
        var truth = new bool[p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            p[i] = Sigmoid.Compute((2 * rng.NextNormal()) - 1);
            truth[i] = rng.NextDouble() < p[i];
        }

        return (p, truth);
    }
}
