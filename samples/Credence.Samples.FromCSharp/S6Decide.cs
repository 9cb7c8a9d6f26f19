using Credence.Data;
using Credence.Decisions;
using Credence.Models;
using Credence.Models.Learning;

namespace Credence.Samples.FromCSharp;

internal static class S6Decide
{
    public static void Run()
    {
        #region sample
        DataSet flowers = DataSet.From(Flower.All(), label: nameof(Flower.Species));
        Classifier classifier = new ClassifierLearner(new() { Policy = new() { Coverage = 0.9 } }).Fit(flowers).Classifier;

        // The most doubtful tenth is left to a person.
        var flower = new { SepalLength = 6.1, SepalWidth = 2.8, PetalLength = 4.9, PetalWidth = 1.65 };
        Prediction prediction = classifier.PredictOne(flower);
        Console.WriteLine(prediction.Abstain ? $"ask a person: {prediction}" : $"{prediction}");

        // Or what each mistake costs decides: rows are the true classes, columns the actions.
        CostMatrix costs = new(
            ["setosa", "versicolor", "virginica"], ["setosa", "versicolor", "virginica", CostMatrix.Abstain],
            [0, 1, 1, 0.2, 1, 0, 1, 0.2, 5, 5, 0, 0.2]);
        prediction = classifier.PredictOne(flower, new() { Costs = costs });
        Console.WriteLine($"{prediction.Action} costs {prediction.ExpectedCost:F2} on average");
        #endregion
    }
}
