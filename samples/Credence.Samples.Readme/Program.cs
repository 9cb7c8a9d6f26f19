using System.Globalization;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;

Flower[] flowers = [.. File.ReadLines("iris.data").Where(line => line.Length > 0).Select(Flower.Parse)];
EvaluatedFit fit = new ClassifierLearner().FitAndEvaluate(DataSet.From(flowers, label: nameof(Flower.Species)));
ModelFile.Save(fit.Classifier, "iris.credence");

// One object in, one prediction out: its probability, the set that holds the true class in 98 % of cases, whether to abstain.
Prediction one = ModelFile.Load("iris.credence").PredictOne(flowers[70], new() { Top = 2, Alpha = 0.02, Coverage = 0.9 });
Console.WriteLine($"{one}; log loss {fit.Evaluation.Calibrated["log_loss"].Value:F4}");

// The scores of any model, here of a rule that is too sure, are calibrated in memory.
Logits logits = Logits.From(flowers.Select(flower => new[] { 0f, 9 * flower.PetalLength - 27, 18 * flower.PetalLength - 72 }));
ScoreCalibrator calibrator = new ScoreCalibration().Fit(logits, Labels.From(flowers.Select(flower => flower.Species))).Calibrator;
Console.WriteLine(calibrator.PredictOne([0f, 18f, 18f], new() { Top = 2 }));

internal sealed record Flower(float SepalLength, float SepalWidth, float PetalLength, float PetalWidth, string Species)
{
    public static Flower Parse(string line)
    {
        string[] cells = line.Split(',');
        float[] numbers = [.. cells[..4].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
        return new Flower(numbers[0], numbers[1], numbers[2], numbers[3], cells[4]);
    }
}
