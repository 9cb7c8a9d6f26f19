using Credence.Data;
using Credence.Data.Scores;
using Credence.Files;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Workflows.Predictions;
using Credence.Workflows.Scores;
using Credence.Workflows.Tests.Support;
using Credence.Workflows.Training;

namespace Credence.Workflows.Tests.Predictions;

public sealed class PredictionWorkflowTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Run_PredictsEveryRowInOrderAChunkAtATime()
    {
        Classifier classifier = Train();
        DataInput rows = new(place.Insects("many.csv", 9000, seed: 5));
        var recorder = new Recorder();

        PredictedRows[] predicted = [.. new PredictionWorkflow(new() { Top = 2 }).Run(classifier, rows, recorder)];

        Table table = DataFiles.Open(rows.Paths, new(), classifier.Pipeline.Inputs).ReadAll().Features;
        Assert.Equal([0, 8192], predicted.Select(part => part.FirstRow));
        Assert.Equal(
            classifier.Predict(table).Select(one => (one.Label, one.Probability)),
            predicted.SelectMany(part => part.Predictions).Select(one => (one.Label, one.Probability)));
        Assert.All(predicted[0].Predictions, one => Assert.Equal(2, one.Top.Count));
        Assert.Equal(["predicting"], recorder.Stages);
        Assert.Contains(recorder.Reports, report => report.Event == WorkflowEvent.StageEnded);
    }

    [Fact]
    public void Run_TakesAllRowsTogetherWhereTheOptionsAskIt()
    {
        var options = new PredictionOptions { EstimatesPrior = true };

        DataInput rows = new(place.Insects("many.csv", 9000, seed: 5));

        PredictedRows[] predicted = [.. new PredictionWorkflow(options).Run(Train(), rows)];

        Assert.Equal(9000, Assert.Single(predicted).Predictions.Count);
    }

    [Fact]
    public void Run_OfACalibrator_GivesItsProbabilities()
    {
        ScoreCalibrator calibrator = new CalibrationWorkflow().Run(Read(place.Logits("fit.csv", 300, 2))).Fit.Calibrator;
        SavedScores scores = Read(place.Logits("new.csv", 50, 2, seed: 6));

        PredictedRows predicted = new PredictionWorkflow().Run(calibrator, scores);

        Probabilities probabilities = calibrator.Apply(scores.Values);
        Assert.Equal(
            Enumerable.Range(0, 50).Select(row => probabilities.Row(row)[probabilities.Top(row)]),
            predicted.Predictions.Select(one => one.Probability));
    }

    [Fact]
    public void OneRow_ReadsNamesAndValues()
    {
        Classifier classifier = Train();

        Table row = OneRow.Parse("weight=-8, length=8", classifier.Pipeline.Inputs);

        Assert.Equal("cicada", Assert.Single(classifier.Predict(row)).Label);
        WorkflowOptionException unknown = Assert.Throws<WorkflowOptionException>(() => OneRow.Parse("wight=1", classifier.Pipeline.Inputs));
        Assert.Equal((OneRow.Row, "The model has no column 'wight'. Did you mean 'weight'?"), (unknown.Option, unknown.Message));
        Assert.Equal(OneRow.Text, Assert.Throws<WorkflowOptionException>(() => OneRow.OfText("a", classifier.Pipeline.Inputs)).Option);
    }

    private Classifier Train()
    {
        DataInput input = new(place.Insects("train.csv", 150)) { Reading = new() { Label = "kind" } };
        return ((TrainingOutcome)new TrainingWorkflow().Run(input)).Classifier;
    }

    private static SavedScores Read(string path) => new ScoreInput(path) { Kind = ScoreKind.Logits }.ReadLabelled();
}
