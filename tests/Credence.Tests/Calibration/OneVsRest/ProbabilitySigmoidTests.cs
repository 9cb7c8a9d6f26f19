using Credence.Calibration.OneVsRest;
using Credence.Calibration.Scaling;
using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Tests.Calibration.OneVsRest;

public sealed class ProbabilitySigmoidTests
{
    private static readonly double[] Shares = [0, .1, .2, .3, .4, .5, .6, .7, .8, .9, 1, .3, .7, .5, .5, .2];
    private static readonly Labels Truth = new([0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 0], ["no", "yes"]);

    [Fact]
    public void ASigmoidOfShares_IsThatOfScikitLearn()
    {
        OneVsRestCalibrator fitted = ProbabilitySigmoid.Fit(
            LogitsOf(Shares, 1e-30), Truth, cancellationToken: TestContext.Current.CancellationToken);

        // _SigmoidCalibration of scikit-learn 1.2.1, minimised to the last digit.
        Probabilities p = fitted.Apply(LogitsOf([.1, .5, .9], 1e-30));
        Assert.Equal(0.1248230, p.Row(0)[1], 1e-6);
        Assert.Equal(0.5293688, p.Row(1)[1], 1e-6);
        Assert.Equal(0.8986898, p.Row(2)[1], 1e-6);
    }

    [Fact]
    public void TheTemperatureOfProbabilities_IsThatOfLogitsWhichAreTheProbabilities()
    {
        double[] both = [.. Shares.SelectMany(p => (double[])[1 - p, p])];

        ProbabilityScaling scaling = ProbabilityScaling.Fit(LogitsOf(Shares, 0), Truth);

        Assert.Equal(TemperatureScaling.Fit(new Logits(both, 2), Truth).Beta, scaling.Beta, 1e-9);
        Probabilities applied = scaling.Apply(LogitsOf([.3], 0));
        Assert.Equal(1 / (1 + Math.Exp(scaling.Beta * 0.4)), applied.Row(0)[1], 1e-12);
    }

    private static Logits LogitsOf(double[] shares, double floor) =>
        Logits.FromProbabilities(new Probabilities([.. shares.SelectMany(p => (double[])[1 - p, p])], 2), floor);
}
