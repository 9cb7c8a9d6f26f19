using Credence.Data;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;

namespace Credence.Samples.FromCSharp;

internal static class S4CalibrateLogits
{
    public static void Run()
    {
        #region sample
        Flower[] flowers = Flower.All();
        Logits logits = Logits.From(flowers.Select(Network.Logits));
        Labels truth = Labels.From(flowers.Select(flower => flower.Species), Network.Classes);

        ScoreCalibrationFit fit = new ScoreCalibration(new() { Description = "my network on iris" }).Fit(logits, truth);
        ScoreCalibrator calibrator = fit.Calibrator;
        ModelFile.Save(calibrator, "calibrator.credence");

        double before = fit.Evaluation.Uncalibrated["log_loss"].Value, after = fit.Evaluation.Calibrated["log_loss"].Value;
        Console.WriteLine($"log loss {before:F3} before, {after:F3} after");
        Console.WriteLine(calibrator.PredictOne(Network.Logits(flowers[70]), new() { Top = 3 }));
        #endregion
    }
}
