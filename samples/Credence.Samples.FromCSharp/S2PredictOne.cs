using Credence.Models;
using Credence.Models.Files;

namespace Credence.Samples.FromCSharp;

internal static class S2PredictOne
{
    public static void Run()
    {
        #region sample
        Classifier classifier = ModelFile.Load("iris.credence");
        var flower = new { SepalLength = 6.0, SepalWidth = 2.7, PetalLength = 5.1, PetalWidth = 1.6 };

        Prediction prediction = classifier.PredictOne(flower, new() { Top = 2, Alpha = 0.02 });
        Console.WriteLine(prediction);
        Console.WriteLine($"{prediction.Label} has a probability of {prediction.Probability:F2}");
        #endregion
    }
}
