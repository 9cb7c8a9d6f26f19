using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Files;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
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

    [Fact]
    public void MarkersOfTraining_MeanMissing_HoweverARowComes()
    {
        string text = File.ReadAllText(place.Insects("plain.csv", 150));
        string[] lines = text.TrimEnd('\n').Split('\n');
        for (int i = 1; i < lines.Length; i += 5)
            lines[i] = "-999" + lines[i][lines[i].IndexOf(',', StringComparison.Ordinal)..];

        DataInput input = new(place.Write("train.csv", string.Join('\n', lines)))
        {
            Reading = new() { Label = "kind", Missing = ["-999"] },
        };
        Classifier trained = ((TrainingOutcome)new TrainingWorkflow().Run(input)).Classifier;
        ModelFile.Save(trained, place.Path("m.credence"));
        Classifier classifier = ModelFile.Load(place.Path("m.credence"));
        double known = classifier.Predict(Row(double.NaN))[0].Probability;

        double ofFile = Only(new DataInput(place.Write("new.csv", "length,weight\n-999.0,-8\n")));
        double ofStream = Only(new DataInput("-")
        {
            StandardInput = () => new MemoryStream("length,weight\n-999,-8\n"u8.ToArray()),
        });
        double added = Only(new DataInput(place.Write("other.csv", "length,weight\nnone,-8\n-999,-8\n"))
        {
            Reading = new() { Missing = ["none"] },
        });
        double typed = classifier.Predict(OneRow.Parse("length=-999,weight=-8", classifier.Pipeline.Inputs, classifier.Facts.Layout))[0]
            .Probability;
        double ofProgram = classifier.Predict(Row(-999))[0].Probability, ofObject = classifier.PredictOne(
            new { length = -999, weight = -8 }).Probability;

        Assert.Equal(["-999"], classifier.Facts.Layout!.Missing);
        Assert.Equal([known, known, known, known, known, known], [ofFile, ofStream, added, typed, ofProgram, ofObject]);
        Assert.Equal(1, classifier.PredictOne(new { length = -999, weight = -8 }).MissingCells);
        Assert.Equal(0, classifier.PredictOne(new { length = -99, weight = -8 }).MissingCells);

        double Only(DataInput rows) => Assert.Single(
            new PredictionWorkflow().Run(classifier, rows).SelectMany(part => part.Predictions).Select(one => one.Probability).Distinct());
        static Table Row(double length) => new([new NumberColumn("length", [length]), new NumberColumn("weight", [-8])]);
    }

    private Classifier Train()
    {
        DataInput input = new(place.Insects("train.csv", 150)) { Reading = new() { Label = "kind" } };
        return ((TrainingOutcome)new TrainingWorkflow().Run(input)).Classifier;
    }

    private static SavedScores Read(string path) => new ScoreInput(path) { Kind = ScoreKind.Logits }.ReadLabelled();
}
