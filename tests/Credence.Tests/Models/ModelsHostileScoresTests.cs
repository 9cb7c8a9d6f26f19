using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Evaluation.Results;
using Credence.Models;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Tests.Models;

/// <summary>Scores of every bad kind mixed by chance go through all that <c>evaluate</c>, <c>calibrate</c> and <c>doctor</c> do: each ends
/// in an answer whose probabilities are some, or in one of the refusals the methods promise.</summary>
public class ModelsHostileScoresTests
{
    private const int Inputs = 30;
    private static readonly double[] Odd =
        [0, -0.0, 1, 1.0f, 1 - 1e-16, 1
            + 1e-9, 0.97, -0.1, 50, 100, 1e-12, 1e-45, 1e-300, 5e-324, 1e300, -1e300, double.MaxValue, double.MinValue];
    private static readonly double[] Unfit = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    private static readonly ScoreCalibrationOptions Options = new()
    {
        Evaluation = new EvaluationOptions { BootstrapDraws = 40, NullDraws = 19 },
        MaxThreads = 1,
    };

    [Fact]
    public void WhateverTheScores_ThereIsAnAnswerOrARefusal()
    {
        int answered = 0, refused = 0;
        for (int input = 0; input < Inputs; input++)
        {
            var rng = new Rng((ulong)input);
            int classes = 1 + rng.NextInt(5), rows = 1 + rng.NextInt(30);
            double[] scores = Draw(rng, rows, classes);
            Labels labels = DrawLabels(rng, rows, classes);
            foreach (Func<ScoreCalibrationFit?> path in new Func<ScoreCalibrationFit?>[]
            {
                () => Doctor(scores, labels),
                () => Calibrate(ScoreKind.Logits, scores, labels, rng),
                () => Calibrate(ScoreKind.Probabilities, scores, labels, rng),
                () => Evaluate(scores, labels),
            })
            {
                try
                {
                    if (path() is { } fit)
                        CheckApplied(fit, scores, Draw(rng, rows, classes), classes);

                    answered++;
                }
                catch (Exception error) when (error is ArgumentException or InvalidDataException)
                {
                    Assert.False(error is ArgumentOutOfRangeException or ArgumentNullException, $"Input {input}: {error}");
                    refused++;
                }
                catch (Exception error)
                {
                    Assert.Fail($"Input {input}, [{rows}, {classes}]: {error}");
                }
            }
        }

        Assert.InRange(answered, Inputs / 2, (4 * Inputs) - 1);
        Assert.InRange(refused, Inputs / 2, (4 * Inputs) - 1);
    }

    private static ScoreCalibrationFit Doctor(double[] scores, Labels labels)
    {
        ScoreFormatReport nature = ScoreFormatReport.Inspect(scores, labels.Classes);
        ScoreCalibrationFit fit = Fit(nature.Kind, nature.Normalized(scores, labels.Classes), labels, ["none", "temperature", "isotonic"]);
        Assert.NotEmpty(Diagnosis.Diagnose(fit, nature).Verdict);
        return fit;
    }

    private static ScoreCalibrationFit Calibrate(ScoreKind kind, double[] scores, Labels labels, Rng rng)
    {
        string method = CalibrationMethods.All[rng.NextInt(CalibrationMethods.All.Count)].Name;
        ScoreCalibrationFit fit =
            Fit(kind, scores, labels,
            rng.NextInt(4) switch { 0 => null, 1 => ["none", method + ConfidenceCalibration.Suffix], _ => [method] });
        double[] known = [.. Enumerable.Range(0, labels.Count).Where(row => labels[row] >= 0)
            .SelectMany(row => scores[(row * labels.Classes)..((row + 1) * labels.Classes)])];
        Assert.Null(ScoreFault.First(kind, known, labels.Classes));
        return fit;
    }

    private static ScoreCalibrationFit? Evaluate(double[] scores, Labels labels)
    {
        int[] known = [.. Enumerable.Range(0, labels.Count).Where(row => labels[row] >= 0)];
        var probabilities = new Probabilities(scores, labels.Classes);
        ClassifierEvaluation evaluation = ClassifierEvaluation.Compute(
            probabilities.Select(known), probabilities.Select(known), labels.Select(known), null, null,
                Options.Evaluation with { MaxThreads = 1 }, default);
        Assert.InRange(evaluation.Calibrated[MetricName.Accuracy].Value, 0, 1);
        return null;
    }

    private static ScoreCalibrationFit Fit(ScoreKind kind, double[] scores, Labels labels, string[]? methods)
    {
        ScoreCalibrationFit fit =
            new ScoreCalibration(Options with { Selection = new CalibratorSelectionOptions { Methods = methods, MaxThreads = 1 } })
            .Fit(kind, scores, labels);
        double loss = fit.Evaluation.Calibrated[MetricName.LogLoss].Value;
        Assert.True(loss >= 0, $"The log loss is {loss}.");
        AssertProbabilities(fit.Evaluation.Probabilities);
        return fit;
    }

    /// <summary>A calibrator is given the rows it was fitted on, and then a stranger's.</summary>
    private static void CheckApplied(ScoreCalibrationFit fit, double[] scores, double[] others, int classes)
    {
        foreach (double[] given in new[] { scores, others })
        {
            try
            {
                AssertProbabilities(fit.Calibrator.Apply(given, 1));
            }
            catch (ArgumentException) when (ScoreFault.First(fit.Calibrator.Kind, given, classes) is not null)
            {
            }
        }
    }

    private static void AssertProbabilities(Probabilities probabilities) =>
        Assert.Null(ScoreFault.First(ScoreKind.Probabilities, probabilities.Values, probabilities.Classes));

    private static double[] Draw(Rng rng, int rows, int classes)
    {
        var scores = new double[rows * classes];
        int form = rng.NextInt(6);
        double scale = new[] { 0.97, 1, 1, 1, 100, 255 }[rng.NextInt(6)];
        for (int row = 0; row < rows; row++)
        {
            Span<double> values = scores.AsSpan(row * classes, classes);
            switch (form)
            {
                case 0:
                    foreach (ref double value in values)
                        value = 10 * rng.NextNormal();

                    break;
                case 1:
                    values.Fill(1e-12f);
                    values[rng.NextInt(classes)] = 1;
                    break;
                case 2:
                    values.Fill(1.0 / classes);
                    break;
                default:
                    double sum = 0;
                    foreach (ref double value in values)
                        sum += value = Math.Pow(rng.NextDouble(), 3);

                    foreach (ref double value in values)
                        value *= scale / (form == 5 ? 1 : sum);

                    break;
            }
        }

        // In half of the inputs some are odd, in a quarter some are no scores at all.
        for (int odd = rng.NextInt(2) * rng.NextInt(1 + (scores.Length / 2)); odd > 0; odd--)
            scores[rng.NextInt(scores.Length)] = Odd[rng.NextInt(Odd.Length)];

        for (int unfit = rng.NextInt(4) == 0 ? 1 + rng.NextInt(3) : 0; unfit > 0; unfit--)
            scores[rng.NextInt(scores.Length)] = Unfit[rng.NextInt(Unfit.Length)];

        return scores;
    }

    private static Labels DrawLabels(Rng rng, int rows, int classes)
    {
        int present = 1 + rng.NextInt(classes), missing = rng.NextInt(3) == 0 ? 2 : 0;
        return new Labels(
            [.. Enumerable.Range(0, rows).Select(_ => rng.NextInt(present + missing) is var k && k < present ? k : Labels.Missing)],
            [.. Enumerable.Range(0, classes).Select(k => $"c{k}")]);
    }
}
