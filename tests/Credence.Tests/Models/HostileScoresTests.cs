using Credence.Calibration;
using Credence.Data;
using Credence.Evaluation;
using Credence.Models;
using Credence.Numerics;

namespace Credence.Tests.Models;

/// <summary>Scores made of numbers that scores should not have: all that the doctor does gives an answer of finite log loss, or a refusal in words.</summary>
public class HostileScoresTests
{
    private static readonly double[] Strange =
        [0, 1, 1f - 1e-7f, 0.5, 0.97, 1e-300, 5e-324, 1e300, -1, -1e300, 100, 1.0000001, double.NegativeInfinity, double.NaN, double.PositiveInfinity, 30, -30, 0.1];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Doctor_AnswersOrRefuses_WhateverTheNumbers(ulong seed)
    {
        var rng = new Rng(seed);
        int answers = 0, refusals = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            int rows = 1 + rng.NextInt(trial % 3 == 0 ? 4 : 40), classes = 1 + rng.NextInt(6);
            double[] scores = Draw(rng, rows, classes);
            var labels = new Labels([.. Enumerable.Range(0, rows).Select(_ => rng.NextInt(classes + 1) - (rng.NextInt(4) == 0 ? 1 : 0)).Select(k => Math.Min(k, classes - 1))], [.. Enumerable.Range(0, classes).Select(k => $"c{k}")]);
            try
            {
                ScoreNature nature = ScoreNature.Of(scores, classes);
                var options = new ScoreCalibrationOptions
                {
                    Selection = new CalibratorSelectionOptions { Methods = ["none", "temperature", "bias-corrected-temperature", "isotonic"], MaxThreads = 1 },
                    Evaluation = new EvaluationOptions { BootstrapDraws = 40, NullDraws = 19 },
                    MaxThreads = 1,
                };
                ScoreCalibrationFit fit = new ScoreCalibration(options).Fit(nature.Kind, nature.Normalized(scores, classes), labels);

                Assert.True(double.IsFinite(fit.Evaluation.Calibrated[FigureName.LogLoss].Value) || nature.Kind == ScoreKind.Logits);
                Assert.NotEqual("", Diagnosis.Of(fit, nature).Verdict);
                Assert.All(fit.Calibrator.Apply(nature.Normalized(scores, classes), 1).Values.ToArray(), p => Assert.InRange(p, 0, 1));
                ModelFile.FromBytes(ModelFile.ToBytes(fit.Calibrator));
                answers++;
            }
            catch (Exception refusal) when (refusal is InvalidDataException || refusal.GetType() == typeof(ArgumentException))
            {
                Assert.True(refusal.Message.Length > 20, refusal.Message);
                refusals++;
            }
        }

        Assert.True(answers > 8 && refusals > 8, $"{answers} answers, {refusals} refusals");
    }

    /// <summary>Good probabilities or logits, and in most draws a few strange numbers, equal rows or sums that are off.</summary>
    private static double[] Draw(Rng rng, int rows, int classes)
    {
        var scores = new double[rows * classes];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = 3 * rng.NextNormal();

        if (rng.NextInt(2) == 0)
            Softmax.ForwardRows(scores, classes, scores);

        switch (rng.NextInt(6))
        {
            case 0:
                for (int i = 0; i < scores.Length; i++)
                    scores[i] = scores[i % classes];
                break;
            case 1:
                for (int i = 0; i < scores.Length; i++)
                    scores[i] = i % classes == rng.NextInt(classes) ? 1 : 0;
                break;
            case 2:
                for (int i = 0; i < scores.Length; i++)
                    scores[i] *= 0.97;
                break;
            case 3:
                for (int i = 0; i < scores.Length; i++)
                    scores[i] = (float)(scores[i] * 100);
                break;
            default:
                for (int count = rng.NextInt(4); count > 0; count--)
                    scores[rng.NextInt(scores.Length)] = Strange[rng.NextInt(Strange.Length)];
                break;
        }

        return scores;
    }
}
