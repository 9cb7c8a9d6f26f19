using Credence.Calibration;
using Credence.Calibration.Selection;

namespace Credence.Tests.Calibration.Selection;

public sealed class SelectionGuardTests
{
    private static readonly CalibrationMethod[] Methods = [CalibrationMethods.Find("none")!, CalibrationMethods.Find("temperature")!];

    [Fact]
    public void ALowerLogLoss_IsNotWorthAWorseBrierScoreOrAccuracy()
    {
        Assert.Equal(1, Chosen(gain: 0.2, brier: -0.1, wrong: 0));
        Assert.Equal(0, Chosen(gain: 0.2, brier: 0.05, wrong: 0));
        Assert.Equal(0, Chosen(gain: 0.2, brier: -0.1, wrong: 5));
        Assert.Equal(1, Chosen(gain: 0.2, brier: -0.1, wrong: 1));
    }

    [Fact]
    public void AGainBelowItsStandardError_IsChance()
    {
        // One row of a hundred gains 1, so the mean gain 0.01 has a standard error of 0.00995: alternating signs make it larger.
        var none = new HeldOutLosses(100);
        var method = new HeldOutLosses(100);
        for (int row = 0; row < 100; row++)
            (none.LogLoss[row], method.LogLoss[row]) = (1, row % 2 == 0 ? 0.5 : 1.45);

        var outcome = SelectionOutcome.Choose(Methods, [none, method], [], 0.0005);

        Assert.Equal(0, outcome.Chosen);
        Assert.Contains("may be chance", outcome.Candidates[1].Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void CopiesInAClusterAddNothingToTheEvidence()
    {
        double[] a = [1, 2, 3, 4], b = [0.5, 2.1, 2.2, 4.4];
        (double mean, double error) = SelectionOutcome.Mean(a, b, []);
        double[] tenA = [.. Enumerable.Range(0, 40).Select(i => a[i / 10])], tenB = [.. Enumerable.Range(0, 40).Select(i => b[i / 10])];

        (double tenMean, double tenError) = SelectionOutcome.Mean(tenA, tenB, [], [.. Enumerable.Range(0, 40).Select(i => i / 10)]);

        Assert.Equal(mean, tenMean, 1e-12);
        Assert.Equal(error, tenError, 1e-12);
    }

    /// <summary>The method that is chosen where one lowers the log loss of every row, and moves the Brier score and some answers.</summary>
    private static int Chosen(double gain, double brier, int wrong)
    {
        var none = new HeldOutLosses(100);
        var method = new HeldOutLosses(100);
        for (int row = 0; row < 100; row++)
        {
            none.LogLoss[row] = 1 + (0.01 * (row % 3));
            method.LogLoss[row] = 1 - gain;
            none.Brier[row] = 0.5;
            method.Brier[row] = 0.5 + brier + (0.001 * (row % 2));
            method.Wrong[row] = row < wrong ? 1 : 0;
        }

        return SelectionOutcome.Choose(Methods, [none, method], [], 0.0005).Chosen;
    }
}
