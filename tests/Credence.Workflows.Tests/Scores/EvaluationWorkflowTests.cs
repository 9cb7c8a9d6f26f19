using Credence.Data;
using Credence.Data.Scores;
using Credence.Files;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;
using Credence.Workflows.Scores;
using Credence.Workflows.Tests.Support;
using Credence.Workflows.Training;

namespace Credence.Workflows.Tests.Scores;

public sealed class EvaluationWorkflowTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void Run_OfASavedModel_GivesTheEvaluationOfTheLibrary()
    {
        ModelFile.Save(Train(seed: 7), place.Path("m.credence"));
        Classifier classifier = ModelFile.Load(place.Path("m.credence"));
        DataInput rows = Labelled(place.Insects("new.csv", 90, apart: 2, seed: 11));
        var recorder = new Recorder();

        EvaluationOutcome outcome = new EvaluationWorkflow().Run(classifier, rows, recorder);

        DataSet data = DataFiles.Open(rows.Paths, rows.Reading, classifier.Pipeline.Inputs).ReadAll().ToDataSet();
        ClassifierEvaluation expected = classifier.Evaluate(data);
        Assert.Equal(expected.Calibrated["log_loss"].Value, outcome.Evaluation.Calibrated["log_loss"].Value);
        Assert.Equal(["reading", "evaluating"], recorder.Stages);
        Assert.Equal(("new.csv", "softmax", 120), (outcome.Source, outcome.Model, outcome.TrainRows));
        Assert.Equal(expected.Sets!.Coverage, outcome.Sets!.Coverage);
        Assert.NotNull(outcome.Shift);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_UnderAPrior_MeasuresWhatIsPredictedUnderIt(bool isEstimated)
    {
        Classifier classifier = Train(seed: 7);
        string path = place.Write("ants.csv", Shifted(place.Insects("all.csv", 1200, apart: 2, seed: 13)));
        double[]? prior = isEstimated ? null : [0.8, 0.1, 0.1];
        var asked = new PredictionOptions { Prior = prior, EstimatesPrior = isEstimated };
        DataSet data = DataFiles.Open([path], Labelled(path).Reading, classifier.Pipeline.Inputs).ReadAll().ToDataSet();

        EvaluationOutcome under = new EvaluationWorkflow(new() { Prior = prior, EstimatesPrior = isEstimated })
            .Run(classifier, Labelled(path));
        EvaluationOutcome plain = new EvaluationWorkflow().Run(classifier, Labelled(path));

        IReadOnlyList<Prediction> predicted = classifier.Predict(data.Features, asked);
        Labels truth = data.Labels!;
        string[] names = [.. Enumerable.Range(0, truth.Count).Select(row => truth.Names[truth[row]])];
        Assert.Equal(
            predicted.Where((one, row) => one.Label == names[row]).Count() / (double)names.Length,
            under.Evaluation.Calibrated["accuracy"].Value, 1e-12);
        Assert.Equal(
            predicted.Where((one, row) => one.Set!.Contains(names[row])).Count() / (double)names.Length,
            under.Sets!.Coverage!.Value, 1e-12);
        Assert.Equal(predicted.Average(one => one.Set!.Count), under.Sets.MeanSize!.Value, 1e-9);
        Assert.All(predicted, one => Assert.Contains(one.Label, one.Set!));
        Assert.True(under.Evaluation.Calibrated["log_loss"].Value < plain.Evaluation.Calibrated["log_loss"].Value);
        Assert.NotNull(under.Evaluation.Answers!.Shift);
        Assert.Equal(plain.Shift!.Value.Estimate.Prior, under.Shift!.Value.Estimate.Prior);
    }

    [Fact]
    public void Run_OfACalibratorUnderAPrior_MeasuresItsPredictions()
    {
        SavedScores fit = new ScoreInput(place.Logits("fit.csv", 400, 2)) { Kind = ScoreKind.Logits }.ReadLabelled();
        SavedScores scores = new ScoreInput(place.Logits("new.csv", 300, 2, seed: 6)) { Kind = ScoreKind.Logits }.ReadLabelled();
        ScoreCalibrator calibrator = new CalibrationWorkflow().Run(fit).Fit.Calibrator;
        double[] prior = [0.9, 0.05, 0.05];

        EvaluationOutcome under = new EvaluationWorkflow(new() { Prior = prior }).Run(calibrator, scores);

        IReadOnlyList<Prediction> predicted = calibrator.Predict(scores.Values, new() { Prior = prior });
        Assert.Equal(
            predicted.Where((one, row) => one.Label == scores.Classes[scores.Labels![row]]).Count() / 300.0,
            under.Evaluation.Calibrated["accuracy"].Value, 1e-12);
        Assert.Equal(
            nameof(EvaluationWorkflowOptions.Prior),
            Assert.Throws<WorkflowOptionException>(() => new EvaluationWorkflow(new() { Prior = prior }).Run(scores)).Option);
        Assert.Throws<WorkflowOptionException>(() => new EvaluationWorkflow(new() { Prior = prior, AdaptiveStep = 0.01 }));
    }

    /// <summary>The rows of a file without most of the bees and cicadas.</summary>
    private static string Shifted(string path) => string.Concat(File.ReadLines(path)
        .Where((line, i) => i % 8 == 0 || !(line.EndsWith("bee", StringComparison.Ordinal)
            || line.EndsWith("cicada", StringComparison.Ordinal)))
        .Select(line => line + "\n"));

    [Fact]
    public void Run_BesideAnotherModelAndOutliers_ComparesAndDetects()
    {
        Classifier first = Train(seed: 7), second = Train(seed: 8);
        var options = new EvaluationWorkflowOptions
        {
            OtherModel = second,
            OtherName = "other",
            OutlierRows = new(place.Write("far.csv", "length,weight\n" + string.Concat(Enumerable.Repeat("4,4\n-4,-4\n", 30)))),
            KnownAccuracy = 0.1,
            AdaptiveStep = 0.02,
            Splits = 3,
        };

        EvaluationOutcome outcome = new EvaluationWorkflow(options).Run(first, Labelled(place.Insects("new.csv", 150, seed: 12)));

        Assert.Equal((150, "other"), (outcome.Comparison!.Rows, outcome.Against));
        Assert.Equal((150, 60), (outcome.Outliers!.KnownRows, outcome.Outliers.OutlierRows));
        Assert.Contains("energy", outcome.Outliers.Scores.Select(one => one.Score));
        Assert.All(outcome.Outliers.Scores, one => Assert.InRange(one.Detection.Auroc, 0, 1));
        Assert.Equal((3, 150), (outcome.Sets!.Splits, outcome.Adaptive!.Rows));
        Assert.InRange(outcome.Adaptive.Coverage, outcome.Adaptive.Aim - outcome.Adaptive.Bound, 1);
    }

    [Fact]
    public void Run_OfScores_CountsWhatTheFileSays()
    {
        string path = place.Write("s.csv", "a,b,label\n0.9,0.1,a\n0.8,0.2,a\n0.3,0.7,b\n0.6,0.4,b\n0.5,0.5,\n");
        SavedScores scores = new ScoreInput(path) { Kind = ScoreKind.Probabilities }.ReadLabelled();

        EvaluationOutcome outcome = new EvaluationWorkflow().Run(scores);

        Assert.Equal([0, 1, 2, 3], outcome.Rows);
        Assert.Equal(0.75, outcome.Evaluation.Calibrated["accuracy"].Value);
        // Brier score: Σ (p − y)² over both classes, the mean over the rows.
        Assert.Equal((0.02 + 0.08 + 0.18 + 0.72) / 4, outcome.Evaluation.Calibrated["brier"].Value, 12);
        Assert.Contains("1 of 5 rows have no label and are left out", outcome.Notes);
        Assert.Null(outcome.Sets);
        Assert.Contains(outcome.Notes, note => note.StartsWith("no prediction sets", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OfScores_ComparesByClassNamesWhateverTheColumnsOrder()
    {
        SavedScores first = Read(place.Write("s.csv", "a,b,label\n2,1,a\n0,1,b\n3,1,a\n0,2,a\n"));
        SavedScores second = Read(place.Write("t.csv", "b,a,label\n1,2,a\n1,0,b\n1,3,a\n2,0,a\n"));

        EvaluationOutcome outcome = new EvaluationWorkflow(new() { OtherScores = second }).Run(first);

        Assert.All(outcome.Comparison!.Differences, difference => Assert.Equal(0, difference.Value));
    }

    [Fact]
    public void Run_OfACalibrator_EvaluatesBeforeAndAfter()
    {
        ScoreCalibrator calibrator = new CalibrationWorkflow().Run(Read(place.Logits("fit.csv", 600, 3))).Fit.Calibrator;

        EvaluationOutcome outcome = new EvaluationWorkflow().Run(calibrator, Read(place.Logits("new.csv", 400, 3, seed: 4)));

        Assert.Equal(600, outcome.CalibrationRows);
        Assert.True(outcome.Evaluation.Calibrated["log_loss"].Value < outcome.Evaluation.Uncalibrated["log_loss"].Value - 0.1);
    }

    [Fact]
    public void Run_RefusesWhatDoesNotFit()
    {
        SavedScores scores = Read(place.Logits("s.csv", 60, 1));
        ScoreCalibrator ofLogits = new CalibrationWorkflow().Run(scores).Fit.Calibrator;
        SavedScores probabilities = new ScoreInput(place.Write("p.csv", "ant,bee,cicada,label\n0.5,0.3,0.2,ant\n"))
        {
            Kind = ScoreKind.Probabilities,
        }.ReadLabelled();

        Assert.Equal("AdaptiveStep", Refused(() => new EvaluationWorkflow(new() { AdaptiveStep = 0.1 }).Run(scores)));
        Assert.Equal("Kind", Refused(() => new EvaluationWorkflow().Run(ofLogits, probabilities)));
        Assert.Equal("LabelsFile", Refused(() => new EvaluationWorkflow().Run(scores with { Labels = null })));
        Assert.Equal("Splits", Refused(() => new EvaluationWorkflow(new() { Splits = -1 }).Run(scores)));
        Assert.Throws<InvalidDataException>(() => new EvaluationWorkflow(new() { OtherScores = probabilities }).Run(scores));

        static string? Refused(Action act) => Assert.Throws<WorkflowOptionException>(act).Option;
    }

    private Classifier Train(ulong seed)
    {
        DataInput input = Labelled(place.Insects("train.csv", 150, apart: 2, seed));
        return ((TrainingOutcome)new TrainingWorkflow().Run(input)).Classifier;
    }

    private static SavedScores Read(string path) => new ScoreInput(path) { Kind = ScoreKind.Logits }.ReadLabelled();

    private static DataInput Labelled(string path) => new(path) { Reading = new() { Label = "kind" } };
}
