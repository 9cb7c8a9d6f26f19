using Credence.Conformal;
using Credence.Data;
using Credence.Tests.Support;

namespace Credence.Tests.Conformal;

/// <summary>Coverage and mean size over 40 random divisions of 10,000 rows into halves, against figures of an independent computation
/// of the plain rule, by which a set may be empty.
/// One division's coverage varies by √(.09·(1/5000 + 1/5000)) = .006, the mean of 40 by .001.</summary>
public class ConformalSplitsTests
{
    private const double CoverageBand = 0.003;

    [Theory]
    [InlineData("densenet-bc-100-cifar-100", ConformalScore.Lac, 0.1, 0.8997, 2.107)]
    [InlineData("densenet-bc-100-cifar-100", ConformalScore.Aps, 0.1, 0.8993, 2.504)]
    [InlineData("densenet-bc-100-cifar-100", ConformalScore.Raps, 0.1, 0.8995, 2.238)]
    [InlineData("densenet-bc-100-cifar-100", ConformalScore.Saps, 0.1, 0.9002, 2.511)]
    [InlineData("densenet-bc-100-cifar-100", ConformalScore.Lac, 0.05, 0.9502, 3.839)]
    [InlineData("densenet-bc-100-cifar-100", ConformalScore.Aps, 0.05, 0.9492, 4.372)]
    [InlineData("densenet-bc-100-cifar-100", ConformalScore.Raps, 0.05, 0.9507, 5.637)]
    [InlineData("wideresnet-16-4-cifar-100", ConformalScore.Lac, 0.1, 0.9004, 2.198)]
    [InlineData("wideresnet-16-4-cifar-100", ConformalScore.Aps, 0.1, 0.9008, 8.038)]
    [InlineData("wideresnet-16-4-cifar-100", ConformalScore.Raps, 0.1, 0.9010, 4.286)]
    [InlineData("wideresnet-16-4-cifar-100", ConformalScore.Saps, 0.1, 0.9000, 2.487)]
    [InlineData("wideresnet-16-4-cifar-100", ConformalScore.Lac, 0.05, 0.9506, 4.532)]
    [InlineData("wideresnet-16-4-cifar-100", ConformalScore.Aps, 0.05, 0.9502, 13.82)]
    [InlineData("lenet-5-cifar-10", ConformalScore.Lac, 0.1, 0.9016, 3.439)]
    [InlineData("lenet-5-cifar-10", ConformalScore.Aps, 0.1, 0.9004, 3.634)]
    [InlineData("lenet-5-cifar-10", ConformalScore.Raps, 0.1, 0.9005, 3.620)]
    [InlineData("lenet-5-cifar-10", ConformalScore.Saps, 0.1, 0.9013, 3.748)]
    [InlineData("wideresnet-16-4-cifar-10", ConformalScore.Lac, 0.1, 0.9004, 0.974)]
    [InlineData("wideresnet-16-4-cifar-10", ConformalScore.Aps, 0.1, 0.8995, 1.086)]
    [InlineData("wideresnet-16-4-cifar-10", ConformalScore.Raps, 0.1, 0.8994, 1.086)]
    [InlineData("wideresnet-16-4-cifar-10", ConformalScore.Saps, 0.1, 0.8994, 1.087)]
    [InlineData("cifar_probs", ConformalScore.Lac, 0.1, 0.9013, 0.934)]
    [InlineData("cifar_probs", ConformalScore.Aps, 0.1, 0.8990, 1.008)]
    [InlineData("cifar_probs", ConformalScore.Raps, 0.1, 0.8990, 1.008)]
    [InlineData("cifar_probs", ConformalScore.Saps, 0.1, 0.8997, 1.023)]
    public void Run_GivesTheReferenceCoverageAndSize(string file, ConformalScore score, double alpha, double coverage, double size)
    {
        ConformalSplits splits = Run(file, new ConformalOptions { Score = score, Alpha = alpha });

        Assert.Equal(coverage, splits.Coverage, CoverageBand);
        Assert.Equal(size, splits.MeanSize, Math.Max(0.01, 4 * splits.MeanSizeDeviation / Math.Sqrt(20)));
        Assert.InRange(splits.CoverageDeviation, 0.003, 0.009);
    }

    [Theory]
    [InlineData("densenet-bc-100-cifar-100", 0.9081, 2.883)]
    [InlineData("wideresnet-16-4-cifar-100", 0.9089, 3.376)]
    [InlineData("lenet-5-cifar-10", 0.9028, 3.495)]
    [InlineData("wideresnet-16-4-cifar-10", 0.9007, 0.993)]
    [InlineData("cifar_probs", 0.9013, 0.952)]
    public void Run_ByClass_GivesTheReferenceCoverageAndSize(string file, double coverage, double size)
    {
        ConformalSplits splits = Run(file, new ConformalOptions { Partition = ConformalPartition.Class });

        Assert.Equal(coverage, splits.Coverage, CoverageBand);
        Assert.Equal(size, splits.MeanSize, Math.Max(0.01, 4 * splits.MeanSizeDeviation / Math.Sqrt(20)));
    }

    [Fact]
    public void Run_ByGroup_TakesAQuantileAGroup_AndTheFullSetForRowsOfNone()
    {
        SimulatedScores easy = SimulatedScores.Draw(1000, 4, seed: 31, temperature: 0.5),
            hard = SimulatedScores.Draw(1000, 4, seed: 32, temperature: 4);
        SimulatedScores both = SimulatedScores.Concatenate(easy, hard);
        Labels groups = new([.. Enumerable.Range(0, 2000).Select(row => row < 1000 ? 0 : row < 1900 ? 1 : -1)], ["easy", "hard"]);
        var options = new ConformalOptions { Partition = ConformalPartition.Group };

        var by = ConformalSplits.Run(both.Probabilities, both.Labels, options, splits: 40, groups: groups);

        // 100 of the rows have no group: all four classes, always covered.
        var first = ConformalSplits.Run(easy.Probabilities, easy.Labels, new(), splits: 40);
        int[] grouped = [.. Enumerable.Range(0, 900)];
        var second = ConformalSplits.Run(hard.Probabilities.Select(grouped), hard.Labels.Select(grouped), new(), splits: 40);
        Assert.Equal(((1000 * first.MeanSize) + (900 * second.MeanSize) + (100 * 4)) / 2000, by.MeanSize, 0.03);
        Assert.Equal(0.95 * 0.9 + 0.05, by.Coverage, 0.005);
        Assert.Throws<ArgumentException>(() => ConformalSplits.Run(both.Probabilities, both.Labels, options, splits: 1));
    }

    [Fact]
    public void Run_WithoutTheRandomiser_CoversFarTooMuchOnSaturatedScores()
    {
        ConformalSplits splits = Run("densenet-bc-100-cifar-100", new ConformalOptions { Score = ConformalScore.Aps, Randomised = false });

        Assert.Equal(23.2, splits.MeanSize, 0.5);
    }

    private static ConformalSplits Run(string file, ConformalOptions options)
    {
        NpzScores scores = NpzScores.Load(file);
        return ConformalSplits.Run(scores.Probabilities, scores.Labels, options with { AllowEmptySets = true }, splits: 40, maxThreads: 2);
    }
}
