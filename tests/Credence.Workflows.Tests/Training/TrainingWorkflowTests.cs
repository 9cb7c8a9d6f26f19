using Credence.Data;
using Credence.Data.Splits;
using Credence.Linear;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Workflows.Tests.Support;
using Credence.Workflows.Training;

namespace Credence.Workflows.Tests.Training;

public sealed class TrainingWorkflowTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Run_TrainsOnFourFifthsAndEvaluatesOnTheRest()
    {
        var recorder = new Recorder();

        var outcome = Assert.IsType<TrainingOutcome>(new TrainingWorkflow().Run(Input("a.csv"), recorder));

        Assert.Equal(["reading", "training", "evaluating"], recorder.Stages);
        Assert.All(recorder.Stages, stage => Assert.Contains(new(WorkflowEvent.StageEnded, stage, 1), recorder.Reports));
        Assert.Equal(["ant", "bee", "cicada"], outcome.Classes);
        Assert.Equal((120, 30), (outcome.Facts.TrainRows, outcome.Facts.TestRows));
        Assert.Equal(30, outcome.Data.Parts.Count(part => part == "test"));
        Assert.True(outcome.Calibrated["accuracy"].Value >= 0.95);
        Assert.Equal(outcome.Evaluation.Calibrated["log_loss"].Value, outcome.Facts.TestMetrics["log_loss"]);
        Assert.DoesNotContain(place.Folder, outcome.Facts.Data, StringComparison.Ordinal);
        Assert.Equal("a.csv", outcome.Data.Name);
    }

    [Fact]
    public void Run_GivesTheModelThatTheLibrarysPartsGive()
    {
        var outcome = (TrainingOutcome)new TrainingWorkflow().Run(Input("a.csv"));
        DataInput input = Input("a.csv");
        DataSet rows = Files.DataFiles.Open(input.Paths, input.Reading).ReadAll().ToDataSet();
        Split split = Split.Stratified(rows, 0.2, 1);
        Classifier expected = new ClassifierLearner().Fit(rows.Select(split.Train)).Classifier;

        Assert.Equal(((SoftmaxModel)expected.Model).Weights, ((SoftmaxModel)outcome.Classifier.Model).Weights);
        Assert.Equal(
            expected.Evaluate(rows.Select(split.Test)).Calibrated["log_loss"].Value, outcome.Calibrated["log_loss"].Value);
    }

    [Fact]
    public void Save_WritesAModelThatPredictsTheSame()
    {
        var outcome = (TrainingOutcome)new TrainingWorkflow().Run(Input("a.csv"));

        outcome.Save(place.Path("a.credence"));

        Table rows = outcome.Measured.Features;
        Prediction[] saved = [.. ModelFile.Load(place.Path("a.credence")).Predict(rows)];
        Assert.Equal(outcome.Classifier.Predict(rows).Select(one => one.Probability), saved.Select(one => one.Probability));
    }

    [Fact]
    public void Run_WithFolds_EvaluatesEveryRowAndTrainsOnAll()
    {
        var recorder = new Recorder();

        var outcome = (TrainingOutcome)new TrainingWorkflow(new() { Folds = 3 }).Run(Input("a.csv"), recorder);

        Assert.Equal(["reading", "fold 1 of 3", "fold 2 of 3", "fold 3 of 3", "training"], recorder.Stages);
        Assert.Equal((150, 150, 3), (outcome.Facts.TrainRows, outcome.Facts.TestRows, outcome.Folds));
        Assert.Equal(150, outcome.Measured.Rows);
        Assert.All(outcome.Data.Parts, part => Assert.Equal("train", part));
    }

    [Fact]
    public void Run_WithTestFile_EvaluatesOnItsRowsAndNotesThoseThatAreTrainingRows()
    {
        string train = place.Insects("train.csv", 90);
        string[] others = [.. File.ReadLines(place.Insects("b.csv", 30, seed: 9)).Skip(1)];
        File.WriteAllLines(place.Path("test.csv"), [.. File.ReadLines(train).Take(2), .. others]);

        var outcome = (TrainingOutcome)new TrainingWorkflow(new() { TestPath = place.Path("test.csv") }).Run(Labelled(train));

        Assert.Equal((90, 31), (outcome.Facts.TrainRows, outcome.Facts.TestRows));
        Assert.Contains("1 of the 31 test rows equal a training row in every column", outcome.Notes);
    }

    [Fact]
    public void Run_LeavesOutRowsWithoutLabelAndSaysSo()
    {
        string path = place.Insects("gaps.csv", 150, isUnlabelled: row => row % 50 == 0);

        var outcome = (TrainingOutcome)new TrainingWorkflow().Run(Labelled(path));

        Assert.Equal(147, outcome.Facts.TrainRows + outcome.Facts.TestRows);
        Assert.Contains("3 of 150 rows have no label and are left out", outcome.Notes);
        Assert.Equal(["none", "none", "none"], new[] { 0, 50, 100 }.Select(row => outcome.Data.Parts[row]));
    }

    [Fact]
    public void Run_Streamed_TrainsFromDisk()
    {
        var recorder = new Recorder();
        string checkpoint = place.Path("checkpoint");
        var options = new TrainingWorkflowOptions { Streaming = new() { Minibatches = new() { Epochs = 3 }, Checkpoint = checkpoint } };

        var outcome = (TrainingOutcome)new TrainingWorkflow(options).Run(Labelled(place.Insects("big.csv", 600)), recorder);

        Assert.Equal(["reading", "training", "evaluating", "fingerprint"], recorder.Stages);
        Assert.Equal(3, outcome.Passes.Count);
        Assert.True(outcome.Calibrated["accuracy"].Value > 0.9);
        Assert.InRange(outcome.Facts.TestRows, 60, 180);
        Assert.Equal(64, outcome.Facts.DataFingerprint.Length);
        Assert.True(File.Exists(checkpoint));
    }

    [Fact]
    public void Run_WithSeveralLabels_GivesAThresholdALabel()
    {
        string[] lines = [.. File.ReadLines(place.Insects("one.csv", 200))];
        IEnumerable<string> several = lines.Select((line, i) => i > 0 && i % 4 == 0 ? line + "|winged" : line);
        File.WriteAllLines(place.Path("several.csv"), several);
        DataInput input = Labelled(place.Path("several.csv")) with { Reading = new() { Label = "kind", LabelSeparator = "|" } };

        var outcome = Assert.IsType<MultiLabelTrainingOutcome>(new TrainingWorkflow().Run(input));

        Assert.Equal(["ant", "bee", "cicada", "winged"], outcome.Classes.Order());
        Assert.Equal(4, outcome.Classifier.Thresholds.Count);
        Assert.Equal((160, 40), (outcome.Facts.TrainRows, outcome.Facts.TestRows));
        Assert.Equal(40, outcome.Evaluation.Truth.Count);
        outcome.Save(place.Path("several.credence"));
        Assert.IsType<MultiLabelClassifier>(ModelFile.Open(place.Path("several.credence")));
        var held = new TrainingWorkflow(new() { Classifier = new() { ConformalFraction = 0.2 } });
        Assert.Equal("ConformalFraction", Assert.Throws<WorkflowOptionException>(() => held.Run(input)).Option);
    }

    [Fact]
    public void Run_WithPolicyAndFolds_FindsThePolicyOnTheMeasuredRows()
    {
        var options = new TrainingWorkflowOptions { Folds = 2, Classifier = new() { Policy = new() { Coverage = 0.5 } } };

        var outcome = (TrainingOutcome)new TrainingWorkflow(options).Run(Input("a.csv"));

        Assert.InRange(outcome.Policy!.Figures!.AnsweredShare, 0.4, 0.6);
        Assert.NotNull(outcome.Policy.Policy!.Selective);
    }

    [Fact]
    public void Constructor_RefusesOptionsThatContradictEachOther()
    {
        StreamingOptions streaming = new();

        Assert.Equal("Folds", Refused(new() { Streaming = streaming, Folds = 3 }));
        Assert.Equal("L1Ratio", Refused(new() { Streaming = streaming, Classifier = new() { L1Ratio = 0.5 } }));
        Assert.Equal("Folds", Refused(new() { Folds = 1 }));
        Assert.Equal("TestFraction", Refused(new() { TestFraction = 1 }));

        static string? Refused(TrainingWorkflowOptions options) =>
            Assert.Throws<WorkflowOptionException>(() => new TrainingWorkflow(options)).Option;
    }

    [Fact]
    public void Run_NamesNoOptionOfTheCommand()
    {
        string path = place.Insects("a.csv", 30);

        WorkflowOptionException unsaid = Assert.Throws<WorkflowOptionException>(() => new TrainingWorkflow().Run(new DataInput(path)));

        Assert.Equal("Label", unsaid.Option);
        Assert.Equal("No column is named as the label. The columns are length, weight, kind.", unsaid.Message);
    }

    [Fact]
    public void Run_StopsWhenCancelled()
    {
        var recorder = new Recorder();
        using var cancellationToken = new CancellationTokenSource();
        cancellationToken.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => new TrainingWorkflow().Run(Input("a.csv"), recorder, cancellationToken.Token));
        Assert.Equal(WorkflowEvent.StageEnded, recorder.Reports[^1].Event);
    }

    private DataInput Input(string name) => Labelled(place.Insects(name, 150));

    private static DataInput Labelled(string path) => new(path) { Reading = new() { Label = "kind" } };
}
