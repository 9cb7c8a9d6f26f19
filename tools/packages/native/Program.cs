using Credence.Models;
using Credence.Models.Files;

// Compiled ahead of time: loads a model and predicts an object.
Classifier classifier = ModelFile.Load(args[0]);
Visit visit = new(19, "NL");
Console.WriteLine(classifier.PredictOne(visit));

internal sealed record Visit(int Pages, string Country);
