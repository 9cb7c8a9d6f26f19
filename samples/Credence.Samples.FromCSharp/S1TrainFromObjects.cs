using Credence.Data;
using Credence.Models.Files;
using Credence.Models.Learning;

namespace Credence.Samples.FromCSharp;

internal static class S1TrainFromObjects
{
    public static void Run()
    {
        #region sample
        Flower[] flowers = Flower.All();
        EvaluatedFit fit = new ClassifierLearner().FitAndEvaluate(DataSet.From(flowers, label: nameof(Flower.Species)));

        double loss = fit.Evaluation.Calibrated["log_loss"].Value;
        Console.WriteLine($"log loss {loss:F3} on {fit.Evaluation.Labels.Count} flowers not seen before");
        ModelFile.Save(fit.Classifier, "iris.credence");
        #endregion
    }
}
