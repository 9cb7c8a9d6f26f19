using System.Globalization;
using Credence.Calibration;
using Credence.Calibration.Scaling;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Tests.Support;

namespace Credence.Tests.Calibration;

/// <summary>Log loss and ECE of rows 5,000 to 9,999 by calibrators of rows 0 to 4,999, computed independently with SciPy, to every digit
/// known. The benchmark 'calibration-golden' holds the same for every file and method.</summary>
public sealed class CalibrationGoldenTests
{
    private static readonly string[] Methods =
        ["none", "temperature", "bias-corrected-temperature", "vector", "structured-vector", "structured-matrix", "bias-corrected-matrix"];

    [Theory]
    [InlineData("densenet-bc-100-cifar-100", "1.2116/.1447 .8666/.0137 .8646/.0138 .8669/.0187 .8591/.0126 .8586/.0111")]
    [InlineData("lenet-5-cifar-10", "1.3905/.1193 1.3260/.0224 1.3217/.0306 1.3203/.0303 1.3198/.0320 1.3110/.0283 1.3108/.0279")]
    [InlineData("wideresnet-16-4-cifar-10", ".3737/.0552 .2704/.0069 .2357/.0068 .2350/.0064 .2382/.0088 .2311/.0065 .2306/.0092")]
    [InlineData("wideresnet-16-4-cifar-100", ".9439/.0583 .9347/.0436 .9331/.0393 .9273/.0398 .9281/.0415")]
    [InlineData("cifar_probs", ".2270/.0374 .1831/.0167 .1832/.0163 .1833/.0173 .1818/.0167 .1810/.0139 .1811/.0152")]
    public void Fit_OnTheFirstHalf_GivesTheKnownFiguresOnTheSecond(string file, string known)
    {
        (Logits first, Labels firstLabels, Logits second, Labels secondLabels) = Halves(file);
        string[] figures = known.Split(' ');
        for (int m = 0; m < figures.Length; m++)
        {
            ICalibrator calibrator =
                CalibrationMethods.Find(Methods[m])!.Fit(first, firstLabels, cancellationToken: TestContext.Current.CancellationToken);
            (double logLoss, double ece) = Figures(calibrator.Apply(second), secondLabels);
            double[] aims = [.. figures[m].Split('/').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
            Assert.True(Math.Abs(logLoss - aims[0]) < 0.500001e-4, $"{file} {Methods[m]}: {logLoss}, known as {aims[0]}");

            // Under a penalty only the log loss is known to its last digit.
            if (!Methods[m].Contains("matrix", StringComparison.Ordinal))
                Assert.True(Math.Abs(ece - aims[1]) < 0.500001e-4, $"{file} {Methods[m]}: {ece}, known as {aims[1]}");
        }
    }

    /// <summary>Without a penalty the ECE still moves where the loss no longer does, so only the loss is known to its last digit.</summary>
    [Theory]
    [InlineData("lenet-5-cifar-10", 1.3121)]
    [InlineData("wideresnet-16-4-cifar-10", 0.2314)]
    [InlineData("cifar_probs", 0.1860)]
    public void Fit_OfTheFreeMatrix_GivesTheKnownLogLoss(string file, double known)
    {
        (Logits first, Labels firstLabels, Logits second, Labels secondLabels) = Halves(file);
        MatrixScaling calibrator = MatrixScaling.Fit(first, firstLabels, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(known, Figures(calibrator.Apply(second), secondLabels).LogLoss, 0.500001e-4);
    }

    private static (Logits First, Labels FirstLabels, Logits Second, Labels SecondLabels) Halves(string file)
    {
        NpzScores scores = NpzScores.Load(file);
        Logits logits = Logits.FromProbabilities(scores.Probabilities, 1.1754943508222875e-38);
        int[] first = [.. Enumerable.Range(0, 5000)], second = [.. Enumerable.Range(5000, 5000)];
        return (logits.Select(first), scores.Labels.Select(first), logits.Select(second), scores.Labels.Select(second));
    }

    private static (double LogLoss, double Ece) Figures(Probabilities probabilities, Labels labels)
    {
        ModelEvaluation evaluation = Evaluator.Evaluate(
            probabilities, labels, options: new() { BootstrapDraws = 0, NullDraws = 0 },
                cancellationToken: TestContext.Current.CancellationToken);
        return (evaluation[MetricName.LogLoss].Value, evaluation[MetricName.Ece].Value);
    }
}
