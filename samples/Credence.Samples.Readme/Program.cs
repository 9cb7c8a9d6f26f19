using Credence.Models;
using Credence.Models.Files;
using Credence.Workflows;
using Credence.Workflows.Predictions;
using Credence.Workflows.Training;

DataInput iris = new("iris.data") { Reading = new() { Label = "-1" } };
ITrainingOutcome outcome = new TrainingWorkflow(new() { TestFraction = 0.2 }).Run(iris);
outcome.Save("iris.credence");

Classifier classifier = ModelFile.Load("iris.credence");
Prediction first = new PredictionWorkflow(new() { Top = 2 }).Run(classifier, iris).First().Predictions[0];
Console.WriteLine($"{first.Label}: {first.Probability:P1}; log loss {outcome.Calibrated["log_loss"].Value:F4}");
