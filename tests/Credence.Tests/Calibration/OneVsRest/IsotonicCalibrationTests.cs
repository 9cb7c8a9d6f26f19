using Credence.Calibration.OneVsRest;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Tests.Support;

namespace Credence.Tests.Calibration.OneVsRest;

public sealed class IsotonicCalibrationTests
{
    /// <summary>Fitted on rows 0 to 4,999 without a floor and counted on the rest: ECE, and rows whose true class is called impossible.
    /// Known from scikit-learn's regression, one class against the rest.</summary>
    [Theory]
    [InlineData("densenet-bc-100-cifar-100", 0.0490, 102)]
    [InlineData("lenet-5-cifar-10", 0.0408, 8)]
    [InlineData("lenet-5-cifar-100", 0.0334, 90)]
    [InlineData("wideresnet-16-4-cifar-10", 0.0129, 9)]
    [InlineData("wideresnet-16-4-cifar-100", 0.0442, 99)]
    [InlineData("cifar_probs", 0.0050, 4)]
    public void Fit_WithoutAFloor_GivesTheKnownFigures(string file, double ece, int impossible)
    {
        NpzScores scores = NpzScores.Load(file);
        Logits logits = Logits.FromProbabilities(scores.Probabilities);
        int[] first = [.. Enumerable.Range(0, 5000)], second = [.. Enumerable.Range(5000, 5000)];
        CancellationToken token = TestContext.Current.CancellationToken;
        Labels truth = scores.Labels.Select(second);
        Probabilities bare =
            IsotonicCalibration.Fit(logits.Select(first), scores.Labels.Select(first), floored: false, cancellationToken: token)
            .Apply(logits.Select(second));
        ModelEvaluation evaluation =
            Evaluator.Evaluate(bare, truth, options: new() { BootstrapDraws = 0, NullDraws = 0 }, cancellationToken: token);
        int zeros = Enumerable.Range(0, truth.Count).Count(row => bare.Row(row)[truth[row]] == 0);
        Assert.Equal((ece, impossible), (Math.Round(evaluation[MetricName.Ece].Value, 4), zeros));

        Probabilities floored = IsotonicCalibration.Fit(logits.Select(first), scores.Labels.Select(first), cancellationToken: token)
            .Apply(logits.Select(second));
        Assert.All(Enumerable.Range(0, truth.Count), row => Assert.True(floored.Row(row)[truth[row]] > 0));
    }
}
