using Credence.Data;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Report;
using Credence.Report.Outcomes;
using Credence.Workflows;
using Credence.Workflows.Training;

// What a stranger's program does with the packages: objects, a file, a model, a report.
var visits = Enumerable.Range(0, 200).Select(i => new { Pages = i % 20, Country = i % 3 == 0 ? "NL" : "DE", Bought = i % 20 > 9 }).ToList();
EvaluatedFit fit = new ClassifierLearner().FitAndEvaluate(DataSet.From(visits, label: "Bought"));
ModelFile.Save(fit.Classifier, "visits.credence");
Console.WriteLine(ModelFile.Load("visits.credence").PredictOne(new { Pages = 19, Country = "NL" }));

File.WriteAllLines("visits.csv", ["pages,country,bought", .. visits.Select(visit => $"{visit.Pages},{visit.Country},{visit.Bought}")]);
DataInput input = new("visits.csv") { Reading = new() { Label = "bought" } };
var outcome = (TrainingOutcome)new TrainingWorkflow(new() { TestFraction = 0.2 }).Run(input);
HtmlReport.Write(TrainingReport.Of(outcome), "report.html");
Console.WriteLine($"report of {new FileInfo("report.html").Length > 10_000}, accuracy {outcome.Calibrated["accuracy"].Value}");
