using Credence.Calibration.Scaling;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Shift;
using Credence.Tests.Support;

namespace Credence.Tests.TrustConformance;

/// <summary>Faults in prediction sets, abstention and label shift, each with the right answer.</summary>
public sealed class DecisionsConformanceTests
{
    [Fact]
    [Conformance(
        "Prediction sets",
        "MAPIE, numpy.quantile(…, 'higher')",
        "the quantile at level (n+1)(1−α)/n with 'higher' is one rank too high where (n+1)(1−α) is whole: rank 91 of 99",
        "the rank is ⌈(n+1)(1−α)⌉ in decimal arithmetic: 90 of 99 at α = 0.1")]
    public void RankOfAWholeProduct_IsThatProduct()
    {
        Assert.Equal(90, ConformalRank.Compute(99, 0.1));
        ConformalClassifier sets = ConformalClassifier.Fit(Stairs(99), new Labels(new int[99], ["a", "b"]));
        Assert.Equal(0.90, sets.Quantiles[0], 1e-12);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [Conformance(
        "Prediction sets",
        "MONAI",
        "a rank above n is clamped to n: at n = 5, α = 0.1 the sets cover 0.834",
        "too few rows are a refusal that says how many are needed: 9")]
    public void TooFewRows_AreRefused(int rows)
    {
        Attempt<ConformalClassifier, ConformalRefusal> fit =
            ConformalClassifier.TryFit(Stairs(rows), new Labels(new int[rows], ["a", "b"]));
        Assert.Null(fit.Value);
        Assert.Equal(9, fit.Refusal!.RowsNeeded);
        Assert.Contains("need 9 held-out rows", fit.Refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Conformance(
        "Prediction sets",
        "TorchUncertainty",
        "the quantile is the plain (1 − α) one, interpolated, without the new row counted, and the empty set is divided by its size: NaN",
        "the quantile is a score of the exact rank; an empty set, where it is allowed, is a list of none, and by default none is empty")]
    public void AnEmptySet_IsAListOfNone()
    {
        var plain = new ConformalOptions { Alpha = 0.9, AllowEmptySets = true };
        var labels = new Labels(new int[99], ["a", "b"]);
        Assert.Empty(ConformalClassifier.Fit(Stairs(99), labels, plain).Set([0.5, 0.5], 1));
        Assert.Equal([0], ConformalClassifier.Fit(Stairs(99), labels, plain with { AllowEmptySets = false }).Set([0.5, 0.5], 1));
    }

    [Theory]
    [InlineData(ConformalScore.Aps)]
    [InlineData(ConformalScore.Raps)]
    [InlineData(ConformalScore.Saps)]
    [Conformance(
        "Prediction sets",
        "TorchCP, TorchUncertainty",
        "a random number is drawn for every class, so that a set can lack a class more probable than one it holds",
        "one number a row, from a keyed hash of the row: sets are prefixes of the order by probability, and the same every time")]
    public void RandomisedSets_ArePrefixes(ConformalScore score)
    {
        SimulatedScores scores = SimulatedScores.Draw(600, 6, 2);
        ConformalClassifier sets =
            ConformalClassifier.Fit(scores.Probabilities, scores.Labels, new ConformalOptions { Score = score }, scores.Keys);
        for (int row = 0; row < 600; row++)
        {
            double[] p = scores.Probabilities.Row(row).ToArray();
            int[] order = [.. Enumerable.Range(0, 6).OrderByDescending(k => p[k])];
            IReadOnlyList<int> set = sets.Set(p, RowKey.Of(row));
            Assert.Equal(order.Take(set.Count), set);
            Assert.Equal(set, sets.Set(p, RowKey.Of(row)));
        }
    }

    [Fact]
    [Conformance(
        "Prediction sets",
        "APS without a random number",
        "on saturated probabilities its sets cover everything and hold 23 classes instead of 2.5",
        "APS, RAPS and SAPS are randomised unless that is switched off")]
    public void ApsIsRandomised() => Assert.True(new ConformalOptions().Randomised);

    [Fact]
    [Conformance(
        "Prediction sets",
        "TorchUncertainty",
        "temperature and quantile are fitted on the same rows, and the coverage is called guaranteed",
        "whoever fits both on the same rows gets sets that say 'approximate', and why")]
    public void SetsThatShareRows_SayApproximate()
    {
        SimulatedScores scores = SimulatedScores.Draw(400, 3, 2);
        var fit = new Credence.Models.Learning.ScoreCalibration().Fit(
            ScoreKind.Logits, scores.Logits.Values.ToArray(), scores.Labels, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ConformalGuarantee.Approximate, fit.Calibrator.Sets!.Guarantee);
        Assert.NotEmpty(fit.Calibrator.Sets.GuaranteeReason);
    }

    [Fact]
    [Conformance(
        "Deciding",
        "TorchUncertainty, coverage at risk",
        "where no prefix of rows keeps the risk it gives NaN: one confident error in 100 rows",
        "the search gives a threshold or a refusal that says what it would take, never NaN")]
    public void OneConfidentError_IsNoNaN()
    {
        double[] values = [.. Enumerable.Range(0, 100).SelectMany(row => row == 0 ? new double[] { 0.999, 0.001 } : [0.9, 0.1])];
        var labels = new Labels([.. Enumerable.Range(0, 100).Select(row => row == 0 ? 1 : 0)], ["a", "b"]);
        Attempt<SelectiveClassifier, string> fit =
            SelectiveClassifier.ForRisk(new Probabilities(values, 2), labels, new RiskControlOptions { MaxRisk = 0.1 });
        Assert.Equal(0.9, fit.Value!.Threshold);
        Attempt<SelectiveClassifier, string> refused =
            SelectiveClassifier.ForRisk(new Probabilities(values, 2), labels, new RiskControlOptions { MaxRisk = 0.001 });
        Assert.Null(refused.Value);
        Assert.Contains("2995", refused.Refusal!, StringComparison.Ordinal);
    }

    [Fact]
    [Conformance(
        "Shift",
        "abstention, EM",
        "the prior is estimated on uncalibrated posteriors even where a calibrator is given: distance .0158 instead of .0080",
        "the prior is estimated on what it is given; calibrated first it is at least twice as close on the same rows")]
    public void PriorOnCalibratedRows_IsCloser()
    {
        NpzScores scores = NpzScores.Load("wideresnet-16-4-cifar-10");
        int[] source = [.. Enumerable.Range(0, 5000)];
        int[] target = [.. Enumerable.Range(5000, 5000).Where(row => scores.Labels[row] > 1 || row % 10 == 0)];
        Probabilities calibrated = BiasCorrectedTemperatureScaling
            .Fit(Logits.FromProbabilities(scores.Probabilities.Select(source)), scores.Labels.Select(source))
                .Apply(Logits.FromProbabilities(scores.Probabilities));
        int[] counts = scores.Labels.Select(target).Counts();
        Assert.InRange(Distance(calibrated), 0, 0.5 * Distance(scores.Probabilities));

        double Distance(Probabilities probabilities)
        {
            LabelShiftEstimate estimate = LabelShift.Fit(probabilities.Select(source), scores.Labels.Select(source))
                .Estimate(probabilities.Select(target));
            return estimate.Prior.Select((share, k) => Math.Abs(share - ((double)counts[k] / target.Length))).Sum();
        }
    }

    [Fact]
    [Conformance(
        "Shift",
        "abstention, EM",
        "a class that no row speaks for gets a prior of exactly 0, and its log loss is infinite once it occurs",
        "a weak Dirichlet prior keeps every class of the source above 0")]
    public void NoClassDies()
    {
        SimulatedScores source = SimulatedScores.Draw(2000, 3, 4), target = SimulatedScores.DrawLike(source, 300, 5, [0.5, 0.5, 0]);
        LabelShiftEstimate estimate = LabelShift.Fit(source.Probabilities, source.Labels).Estimate(target.Probabilities);
        Assert.InRange(estimate.Prior[2], 1e-6, 0.02);
    }

    /// <summary>Row i's true class a has score 1 − p = (i + 1)/(n + 1), up to n/(n + 1).</summary>
    private static Probabilities Stairs(int rows) => new(
        [.. Enumerable.Range(1, rows).SelectMany(i => (double[])[1 - (i / (rows + 1.0)), i / (rows + 1.0)])], 2);
}
