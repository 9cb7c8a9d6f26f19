using Credence.Data;
using Credence.Data.Splits;
using Credence.Files;
using Credence.Files.Inputs;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;

DataSet data = DataFiles.Open(["iris.data"], new ReadOptions { Label = "-1" }).ReadAll().ToDataSet();
Split split = Split.Stratified(data, testFraction: 0.2, seed: 1);
Classifier classifier = new ClassifierLearner().Fit(data.Select(split.Train)).Classifier;
ClassifierEvaluation figures = classifier.Evaluate(data.Select(split.Test));
Prediction first = classifier.Predict(data.Features)[0];
Console.WriteLine($"{first.Label}: {first.Probability:P1}; log loss {figures.Calibrated["log_loss"].Value:F4}");
ModelFile.Save(classifier, "iris.credence");
