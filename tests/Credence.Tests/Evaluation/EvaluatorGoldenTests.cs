using System.Globalization;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Tests.Support;

namespace Credence.Tests.Evaluation;

/// <summary>The figures of six published networks' saved probabilities, computed twice and independently elsewhere, to every digit
/// known.</summary>
public class EvaluatorGoldenTests
{
    private static readonly string[] Names =
    [
        MetricName.Accuracy, MetricName.LogLoss, MetricName.Brier, MetricName.Ece, MetricName.EceEqualMass, MetricName.L2DebiasedSquared,
        MetricName.ClasswiseEce, MetricName.Ks, MetricName.SmoothEce, MetricName.Aurc, MetricName.Augrc,
    ];

    [Theory]
    [InlineData("densenet-bc-100-cifar-100", ".7541 1.225627 .384504 .142153 .142153 3.397e-2 .003434 .142153 .14215 .070884 .055647")]
    [InlineData("lenet-5-cifar-10", ".5308 1.369868 .614152 .107888 .107888 1.273e-2 .024060 .107900 .10789 .271543 .174341")]
    [InlineData("lenet-5-cifar-100", ".1246 3.813066 .952010 .014878 .016389 2.126e-4 .003570 .014039 .01560 .782919 .415790")]
    [InlineData("wideresnet-16-4-cifar-10", ".9109 .378170 .143871 .053716 .053716 8.4915e-3 .012427 .053716 .05372 .012710 .010889")]
    [InlineData("wideresnet-16-4-cifar-100", ".7543 .956449 .350087 .058060 .056819 4.841e-3 .002137 .047908 .05628 .072228 .055769")]
    [InlineData("cifar_probs", ".9359 .257065 .105446 .039780 .039717 6.036e-3 .008837 .039702 .03981 .006658 .006008")]
    public void Evaluate_GivesTheKnownFigures(string file, string known)
    {
        NpzScores scores = NpzScores.Load(file);
        ModelEvaluation evaluation = Evaluator.Evaluate(
            scores.Probabilities, scores.Labels, options: new() { BootstrapDraws = 0, NullDraws = 0 },
                cancellationToken: TestContext.Current.CancellationToken);

        string[] digits = known.Split(' ');
        for (int i = 0; i < Names.Length; i++)
        {
            double value = evaluation[Names[i]].Value;
            double half = Half(digits[i]);
            double distance = Math.Abs(value - double.Parse(digits[i], CultureInfo.InvariantCulture));
            Assert.True(distance <= half, $"{file} {Names[i]}: {value}, known as {digits[i]}");
        }
    }

    [Theory]
    [InlineData("densenet-bc-100-cifar-100", "2.117609 .876614 .012041")]
    [InlineData("lenet-5-cifar-10", "1.396779 1.311497 .012963")]
    [InlineData("lenet-5-cifar-100", "1.118157 3.804007 .009784")]
    [InlineData("wideresnet-16-4-cifar-10", "2.052549 .274487 .006152")]
    [InlineData("wideresnet-16-4-cifar-100", "1.111146 .947455 .041838")]
    [InlineData("cifar_probs", "1.686309 .200574 .014101")]
    public void Evaluate_GivesTheKnownTemperature(string file, string known)
    {
        NpzScores scores = NpzScores.Load(file);
        TemperatureFit fit = Evaluator.Evaluate(
            scores.Probabilities, scores.Labels, options: new() { BootstrapDraws = 0, NullDraws = 0 },
                cancellationToken: TestContext.Current.CancellationToken).Temperature!;

        string[] digits = known.Split(' ');
        double[] values = [fit.Temperature, fit.LogLoss, fit.Ece];
        for (int i = 0; i < values.Length; i++)
        {
            double distance = Math.Abs(values[i] - double.Parse(digits[i], CultureInfo.InvariantCulture));
            Assert.True(distance <= Half(digits[i]), $"{file}: {values[i]}, known as {digits[i]}");
        }
    }

    /// <summary>Half of the last digit printed.</summary>
    private static double Half(string digits)
    {
        string[] parts = digits.Split('e');
        int decimals = parts[0].Length - parts[0].IndexOf('.', StringComparison.Ordinal) - 1;
        double exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return 0.5000001 * Math.Pow(10, exponent - decimals);
    }
}
